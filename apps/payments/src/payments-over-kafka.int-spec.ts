import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AuthorisePayment,
  CancelPayment,
  CapturePayment,
  newId,
  type MessageDefinition,
} from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { eventually } from '@shop/testing';
import { amount, RunningPayments, startMs } from './running-payments.fixture.ts';

const payments = new RunningPayments();
beforeAll(() => payments.start({ consuming: true }), startMs);
afterAll(() => payments.stop());

/** Sends commands through the service's own outbox: one transaction, so that they travel together. */
const send = (commands: [MessageDefinition, object][]) =>
  payments.service.app.get(Transactions, { strict: false }).run(async (tx) => {
    for (const [definition, payload] of commands)
      payments.service.app.get(Outbox, { strict: false }).publish(tx, definition, payload);
  });
const inState = async (orders: string[], state: string) => {
  const rows = await payments.query('SELECT FROM payments WHERE order_id = ANY ($1) AND state = $2', [
    orders,
    state,
  ]);
  return rows.length;
};

describe('commands that arrive over Kafka', () => {
  it('charge 200 orders once each', async () => {
    const orders = Array.from({ length: 200 }, newId);
    await send(orders.map((orderId) => [AuthorisePayment, { orderId, amount, token: 'tok_ok' }]));
    await eventually(async () => expect(await inState(orders, 'AUTHORISED')).toBe(200), {
      timeoutMs: 30_000,
    });
    await send(orders.map((orderId) => [CapturePayment, { orderId }]));
    await eventually(async () => expect(await inState(orders, 'CAPTURED')).toBe(200), { timeoutMs: 30_000 });
    const [booked] = await payments.query(
      `SELECT count(*)::int AS entries, sum(l.amount)::int AS sum FROM ledger_entries l JOIN payments p ON p.id = l.payment_id WHERE order_id = ANY ($1)`,
      [orders],
    );
    expect(booked).toEqual({ entries: 400, sum: 0 });
  });

  it('are carried out although one among them can never be', async () => {
    const orders = Array.from({ length: 40 }, newId);
    const authorisations = orders.map((orderId): [MessageDefinition, object] => [
      AuthorisePayment,
      { orderId, amount, token: 'tok_ok' },
    ]);
    await send([
      ...authorisations.slice(0, 20),
      [CapturePayment, { orderId: newId() }],
      ...authorisations.slice(20),
    ]);
    await eventually(async () => expect(await inState(orders, 'AUTHORISED')).toBe(40), { timeoutMs: 30_000 });
    await send(orders.map((orderId) => [CancelPayment, { orderId }]));
    await eventually(async () => expect(await inState(orders, 'VOIDED')).toBe(40), { timeoutMs: 30_000 });
  });
});
