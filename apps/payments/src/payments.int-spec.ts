import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, CancelPayment, CapturePayment, newId, RefundPayment } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { aDelivery, amount, RunningPayments, startMs } from './running-payments.fixture.ts';

const payments = new RunningPayments();
const { psp } = payments;
beforeAll(() => payments.start(), startMs);
afterAll(() => payments.stop());

const authorise = async (token: string): Promise<string> => {
  const orderId = newId();
  await payments.send(AuthorisePayment, { orderId, amount, token });
  return orderId;
};
const authorised = async (token = 'tok_ok'): Promise<string> => {
  const orderId = await authorise(token);
  await payments.replied(orderId, 'authorised');
  return orderId;
};
const captured = async (token = 'tok_ok'): Promise<string> => {
  const orderId = await authorised(token);
  await payments.send(CapturePayment, { orderId });
  await payments.replied(orderId, 'captured');
  return orderId;
};
const charge = ['capture psp 1999', 'capture sales -1999'];
const refund = ['refund psp -1999', 'refund sales 1999'];

describe('a payment', () => {
  it('is authorised and captured, and booked once', async () => {
    const orderId = await captured();
    expect(payments.repliesTo(orderId)).toEqual(['authorised', 'captured']);
    expect(payments.lastReplyTo(orderId)).toMatchObject({ orderId, amount });
    expect(await psp.states(orderId)).toEqual(['captured']);
    expect(await payments.ledger(orderId)).toEqual(charge);
  });

  it.each([
    ['tok_declined', 'payment/declined'],
    ['tok_insufficient_funds', 'payment/insufficient-funds'],
    ['tok_made_up', 'payment/unknown-token'],
  ])('of %s is declined with the bank’s reason', async (token, code) => {
    const orderId = await authorise(token);
    await payments.replied(orderId, 'declined');
    expect(payments.lastReplyTo(orderId)).toMatchObject({ orderId, code });
    expect(await payments.ledger(orderId)).toEqual([]);
  });

  it('is charged once although the answers to both steps were lost', async () => {
    const orderId = await captured('tok_lost_answer');
    expect(payments.repliesTo(orderId)).toEqual([
      'attempt-failed',
      'authorised',
      'attempt-failed',
      'captured',
    ]);
    expect(await psp.book(orderId)).toMatchObject([
      {
        state: 'captured',
        idempotencyKeys: [expect.stringMatching(/:authorise$/), expect.stringMatching(/:capture$/)],
      },
    ]);
    expect(await payments.ledger(orderId)).toEqual(charge);
  });

  it('comes through when the provider fails for a while, and tells of each attempt', async () => {
    const orderId = await captured('tok_flaky');
    expect(payments.repliesTo(orderId)).toEqual([
      'attempt-failed',
      'attempt-failed',
      'authorised',
      'attempt-failed',
      'attempt-failed',
      'captured',
    ]);
    expect(await psp.states(orderId)).toEqual(['captured']);
  });

  it('is refunded, and the ledger is level again', async () => {
    const orderId = await captured();
    await payments.send(RefundPayment, { orderId });
    await payments.replied(orderId, 'refunded');
    expect(await psp.states(orderId)).toEqual(['refunded']);
    expect(await payments.ledger(orderId)).toEqual([...charge, ...refund]);
  });

  it('does nothing twice for commands that come twice, and answers them all', async () => {
    const orderId = await captured();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_ok' });
    await payments.send(CapturePayment, { orderId });
    // In one batch, so that the second surely comes while the first is under way: one answer serves both.
    await payments.carryOut([aDelivery(RefundPayment, { orderId }), aDelivery(RefundPayment, { orderId })]);
    await payments.replied(orderId, 'refunded');
    await payments.send(RefundPayment, { orderId });
    expect(payments.repliesTo(orderId)).toEqual([
      'authorised',
      'captured',
      'authorised',
      'captured',
      'refunded',
      'refunded',
    ]);
    expect(await psp.book(orderId)).toHaveLength(1);
    expect(await payments.ledger(orderId)).toEqual([...charge, ...refund]);
  });

  it('does not wait for others that hang', async () => {
    const hanging = Array.from({ length: 80 }, newId);
    await payments.carryOut(
      hanging.map((orderId) => aDelivery(AuthorisePayment, { orderId, amount, token: 'tok_hang' })),
    );
    await authorised();
    // Not even the first of their attempts has ended.
    expect(hanging.flatMap((orderId) => payments.repliesTo(orderId))).toEqual([]);
    await payments.carryOut(hanging.map((orderId) => aDelivery(CancelPayment, { orderId })));
    for (const orderId of hanging) await payments.replied(orderId, 'voided');
  });

  it('is one of many in a batch', async () => {
    const orders = Array.from({ length: 100 }, newId);
    await payments.carryOut(
      orders.map((orderId) => aDelivery(AuthorisePayment, { orderId, amount, token: 'tok_ok' })),
    );
    for (const orderId of orders) await payments.replied(orderId, 'authorised');
    await payments.carryOut(orders.map((orderId) => aDelivery(CapturePayment, { orderId })));
    for (const orderId of orders) await payments.replied(orderId, 'captured');
    const [sum] = await payments.query('SELECT sum(amount)::int AS sum FROM ledger_entries');
    expect(sum).toEqual({ sum: 0 });
  });

  it('refuses what no saga sends, so that it can be looked at', async () => {
    await expect(payments.send(CapturePayment, { orderId: newId() })).rejects.toMatchObject({
      code: 'payment/wrong-command',
    });
  });
});

describe('cancelling a payment', () => {
  const cancelled = async (orderId: string, reply: string) => {
    await payments.send(CancelPayment, { orderId });
    await payments.replied(orderId, reply);
  };

  it('voids an authorisation', async () => {
    const orderId = await authorised();
    await cancelled(orderId, 'voided');
    expect(await psp.states(orderId)).toEqual(['voided']);
    expect(await payments.ledger(orderId)).toEqual([]);
  });

  it('refunds a capture', async () => {
    const orderId = await captured();
    await cancelled(orderId, 'refunded');
    expect(await psp.states(orderId)).toEqual(['refunded']);
    expect(await payments.ledger(orderId)).toEqual([...charge, ...refund]);
  });

  it('ends an authorisation that hangs, at once, and nothing is ever held', async () => {
    const orderId = await authorise('tok_hang');
    await payments.replied(orderId, 'attempt-failed');
    await cancelled(orderId, 'voided');
    expect(await psp.book(orderId)).toEqual([]);
    const [{ id } = { id: '' }] = await payments.query<{ id: string }>(
      'SELECT id FROM payments WHERE order_id = $1',
      [orderId],
    );
    // The hanging request arrives after all.
    await psp.post('/v1/payments', { reference: orderId, amount, token: 'tok_ok' }, `${id}:authorise`);
    expect(await psp.book(orderId)).toEqual([]);
  });

  it('catches an authorisation whose answer has not come yet', async () => {
    const orderId = await authorise('tok_ok');
    await cancelled(orderId, 'voided');
    expect(['', 'voided']).toContain((await psp.states(orderId)).join());
    expect(await payments.stateOf(orderId)).toBe('VOIDED');
  });

  it('catches a capture whose answer has not come yet: what was taken is given back', async () => {
    const orderId = await authorised();
    await payments.send(CapturePayment, { orderId });
    await payments.send(CancelPayment, { orderId });
    await eventually(async () => expect(['VOIDED', 'REFUNDED']).toContain(await payments.stateOf(orderId)));
    const [state] = await psp.states(orderId);
    expect(state?.toUpperCase()).toBe(await payments.stateOf(orderId));
    expect(await payments.ledger(orderId)).toEqual(state === 'refunded' ? [...charge, ...refund] : []);
  });

  it('refuses a payment that it overtook', async () => {
    const orderId = newId();
    await cancelled(orderId, 'voided');
    await payments.send(AuthorisePayment, { orderId, amount, token: 'tok_ok' });
    expect(payments.repliesTo(orderId)).toEqual(['voided', 'voided']);
    expect(await psp.book(orderId)).toEqual([]);
  });

  it('answers again when it is repeated, and for a payment that was declined', async () => {
    const orderId = await authorise('tok_declined');
    await payments.replied(orderId, 'declined');
    await cancelled(orderId, 'voided');
    await cancelled(orderId, 'voided');
    expect(payments.repliesTo(orderId)).toEqual(['declined', 'voided', 'voided']);
  });
});

describe('reading a payment', () => {
  it('shows an administrator the payment and its ledger, without the token', async () => {
    const orderId = await captured();
    const response = await payments.read(orderId);
    const body = (await response.json()) as object;
    expect(body).toMatchObject({
      orderId,
      state: 'CAPTURED',
      amount,
      ledger: [
        { account: 'psp', amount: 1999 },
        { account: 'sales', amount: -1999 },
      ],
    });
    expect(body).not.toHaveProperty('token');
  });

  it('is for administrators', async () => {
    expect((await payments.read(newId(), 'orders')).status).toBe(403);
    expect((await payments.read(newId())).status).toBe(404);
  });
});
