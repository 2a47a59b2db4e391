import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, newId } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { createHmac } from 'node:crypto';
import { amount, RunningPayments, webhookSecret, startMs } from '../running-payments.fixture.ts';

const oldSecret = 'the-secret-of-yesterday';
const payments = new RunningPayments();
beforeAll(() => payments.start(), startMs);
afterAll(() => payments.stop());

const now = () => Math.floor(Date.now() / 1_000);
const mac = (body: string, time: number, secret: string) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
const signed = (body: string, time = now(), secret = webhookSecret) =>
  `t=${time},v1=${mac(body, time, secret)}`;
const hook = (body: string, signature = signed(body), { url } = payments.service) =>
  fetch(`${url}/v1/webhooks/psp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'psp-signature': signature },
    body,
  });
const about = (...orderIds: string[]) =>
  JSON.stringify({
    events: orderIds.map((reference) => ({
      id: newId(),
      type: 'payment.captured',
      payment: { id: 'psp', reference },
    })),
  });
const resultOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { result: string }).result,
];

/** An order whose authorisation waits an hour for its next attempt. */
async function waiting(): Promise<string> {
  const orderId = newId();
  await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_flaky' });
  await payments.replied(orderId, 'attempt-failed', 2);
  await postpone(orderId);
  return orderId;
}
const postpone = (orderId: string) =>
  payments.query(
    `UPDATE psp_calls SET due_at = now() + interval '1 hour', claimed_by = NULL, updated_at = now()
     WHERE payment_id = (SELECT id FROM payments WHERE order_id = $1)`,
    [orderId],
  );
const isDue = async (orderId: string) => {
  const [row] = await payments.query<{ due: boolean }>(
    `SELECT c.due_at <= now() AS due FROM psp_calls c JOIN payments p ON p.id = c.payment_id WHERE order_id = $1`,
    [orderId],
  );
  return row!.due;
};
/** An order whose call is not due and never becomes it by itself. */
async function asleep(): Promise<string> {
  const [orderId, paymentId] = [newId(), newId()];
  await payments.query(
    `INSERT INTO payments (id, order_id, state, amount, currency, token) VALUES ($1, $2, 'AUTHORISING', 1, 'EUR', 't')`,
    [paymentId, orderId],
  );
  // Claimed by a worker that lives, so that nobody makes it.
  const worker = crypto.randomUUID();
  await payments.query(`INSERT INTO psp_workers VALUES ($1, now() + interval '1 hour')`, [worker]);
  await payments.query(
    `INSERT INTO psp_calls (payment_id, step, carrier, claimed_by, attempts, due_at) VALUES ($1, 'authorise', '{}', $2, 1, now() + interval '1 hour')`,
    [paymentId, worker],
  );
  return orderId;
}

describe('a webhook of the provider', () => {
  it('has a waiting call made at once, and is not believed', async () => {
    const orderId = await waiting();
    expect(await resultOf(await hook(about(orderId)))).toEqual([200, 'received']);
    await payments.replied(orderId, 'authorised');
    expect(await payments.stateOf(orderId)).toBe('AUTHORISED');
  });

  it('is welcome for a payment that is unknown or at rest', async () => {
    expect((await hook(about(newId()))).status).toBe(200);
  });

  it.each([
    ['another secret', signed(about('x'), now(), 'not-the-secret-of-the-hooks')],
    ['another body', signed('{}')],
    ['an old time', signed(about('x'), now() - 301)],
    ['a time to come', signed(about('x'), now() + 330)],
    ['nothing', ''],
    ['nonsense', 't=,v1=;'],
    ['a secret that is no longer live', signed(about('x'), now(), oldSecret)],
  ])('is refused with a signature of %s', async (_, signature) => {
    const response = await hook(about('x'), signature);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'webhook/signature-invalid' });
  });

  it('is refused when one byte of it was changed', async () => {
    const body = about(newId());
    expect((await hook(body.replace('captured', 'captured '), signed(body))).status).toBe(401);
    expect((await hook(body, signed(body))).status).toBe(200);
  });

  it('that cannot be understood is told so, once it is known who sent it', async () => {
    expect((await hook('{"events":[{}]}')).status).toBe(400);
    expect((await hook('{"events":[{}]}', 't=1,v1=00')).status).toBe(401);
  });

  it('is refused when it is huge, signed or not', async () => {
    const huge = JSON.stringify({ events: [], more: 'x'.repeat(70_000) });
    expect((await hook(huge)).status).toBe(413);
    expect((await hook(huge, '')).status).toBe(413);
  });

  it('is not taken from a provider that is not configured', async () => {
    const body = JSON.stringify({ id: 'evt_1', data: { object: {} } });
    const response = await fetch(`${payments.service.url}/v1/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signed(body) },
      body,
    });
    expect(response.status).toBe(401);
  });
});

describe('a webhook that comes again', () => {
  it('is answered as received already, and has no second effect', async () => {
    const orderId = await asleep();
    const body = about(orderId);
    const signature = signed(body);
    expect(await resultOf(await hook(body, signature))).toEqual([200, 'received']);
    expect(await isDue(orderId)).toBe(true);
    await postpone(orderId);
    expect(await resultOf(await hook(body, signature))).toEqual([200, 'already-received']);
    // Signed anew, as the provider does when our answer was lost.
    expect(await resultOf(await hook(body, signed(body, now() - 10)))).toEqual([200, 'already-received']);
    expect(await isDue(orderId)).toBe(false);
  });

  it('is known to every replica, and after a restart', async () => {
    const orderId = await asleep();
    const body = about(orderId);
    expect(await resultOf(await hook(body))).toEqual([200, 'received']);
    await postpone(orderId);
    const other = await payments.replica();
    expect(await resultOf(await hook(body, signed(body), other))).toEqual([200, 'already-received']);
    await other.close();
    expect(await isDue(orderId)).toBe(false);
  });

  it('has one effect when it comes twenty times at once', async () => {
    const body = about(await asleep(), await asleep());
    const results = await Promise.all(
      Array.from({ length: 20 }, async () => (await resultOf(await hook(body)))[1]),
    );
    expect(results.filter((result) => result === 'received')).toHaveLength(1);
  });

  it('brings what is new in it', async () => {
    const known = about(newId());
    await hook(known);
    const orderId = await asleep();
    const events = [...(JSON.parse(known) as Hook).events, ...(JSON.parse(about(orderId)) as Hook).events];
    expect(await resultOf(await hook(JSON.stringify({ events })))).toEqual([200, 'received']);
    expect(await isDue(orderId)).toBe(true);
  });

  it('is forgotten when no signature of it can be good any more', async () => {
    await hook(about(newId()));
    await payments.query(`UPDATE webhook_events SET received_at = now() - interval '61 minutes'`);
    await hook(about(newId()));
    await eventually(async () => expect(await payments.query('SELECT FROM webhook_events')).toHaveLength(1));
  });
});

describe('while the secret is changed', () => {
  it('webhooks of both secrets are taken, and of the old one no longer afterwards', async () => {
    const changing = await payments.replica(false, { PSP_WEBHOOK_SECRET_PREVIOUS: oldSecret });
    const [byOld, byNew] = [about(newId()), about(newId())];
    expect((await hook(byOld, signed(byOld, now(), oldSecret), changing)).status).toBe(200);
    expect((await hook(byNew, signed(byNew), changing)).status).toBe(200);
    const byBoth = about(newId());
    const both = `${signed(byBoth, now(), oldSecret)},v1=${mac(byBoth, now(), webhookSecret)}`;
    expect((await hook(byBoth, both)).status).toBe(200);
    await changing.close();
    const late = about(newId());
    expect((await hook(late, signed(late, now(), oldSecret))).status).toBe(401);
  });
});

interface Hook {
  events: object[];
}
