import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, newId } from '@shop/contracts';
import { createHmac } from 'node:crypto';
import { amount, RunningPayments, webhookSecret, startMs } from '../running-payments.fixture.ts';

const payments = new RunningPayments();
beforeAll(() => payments.start(), startMs);
afterAll(() => payments.stop());

const now = () => Math.floor(Date.now() / 1_000);
const signed = (body: string, time = now(), secret = webhookSecret) =>
  `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
const hook = (body: string, signature = signed(body)) =>
  fetch(`${payments.service.url}/v1/webhooks/psp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'psp-signature': signature },
    body,
  });
const about = (orderId: string) =>
  JSON.stringify({
    events: [{ id: newId(), type: 'payment.captured', payment: { id: 'psp', reference: orderId } }],
  });

describe('a webhook of the provider', () => {
  it('has a waiting call made at once, and is not believed', async () => {
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_flaky' });
    await payments.replied(orderId, 'attempt-failed', 2);
    await payments.query(
      `UPDATE psp_calls SET due_at = now() + interval '1 hour', claimed_by = NULL
      WHERE payment_id = (SELECT id FROM payments WHERE order_id = $1)`,
      [orderId],
    );
    expect((await hook(about(orderId))).status).toBe(204);
    await payments.replied(orderId, 'authorised');
    expect(await payments.stateOf(orderId)).toBe('AUTHORISED');
  });

  it('is welcome for a payment that is unknown or at rest', async () => {
    expect((await hook(about(newId()))).status).toBe(204);
  });

  it.each([
    ['another secret', signed(about('x'), now(), 'not-the-secret-of-the-hooks')],
    ['another body', signed('{}')],
    ['an old time', signed(about('x'), now() - 301)],
    ['none', ''],
  ])('is refused with a signature of %s', async (_, signature) => {
    const response = await hook(about('x'), signature);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'webhook/signature-invalid' });
  });

  it('that cannot be understood is told so, once it is known who sent it', async () => {
    expect((await hook('{"events":[{}]}')).status).toBe(400);
    expect((await hook('{"events":[{}]}', 't=1,v1=00')).status).toBe(401);
  });
});
