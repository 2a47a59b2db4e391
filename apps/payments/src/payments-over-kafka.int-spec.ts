import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AuthorisePayment,
  CancelPayment,
  CapturePayment,
  newId,
  RefundPayment,
  type MessageDefinition,
} from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { eventually } from '@shop/testing';
import { StripeStandIn } from './psp/stripe/stripe-stand-in.fixture.ts';
import { amount, RunningPayments, startMs } from './running-payments.fixture.ts';

const stripe = new StripeStandIn();
const shared = { timeoutMs: 30_000 };
/** In one suite: two at once would share the consumer group, and take each other's commands. */
const providers = [
  { PSP: 'sandbox', ok: 'tok_ok', lostAnswer: 'tok_lost_answer', declined: 'tok_declined' },
  {
    PSP: 'stripe',
    ok: 'pm_card_visa',
    lostAnswer: 'pm_lost_answer',
    declined: 'pm_card_visa_chargeDeclined',
  },
];

describe.each(providers)('commands that arrive over Kafka, with PSP=$PSP', ({ PSP, ...tokens }) => {
  const payments = new RunningPayments();
  beforeAll(async () => {
    await stripe.start();
    await payments.start({ consuming: true, env: PSP === 'stripe' ? stripe.environment() : {} });
  }, startMs);
  afterAll(async () => {
    await payments.stop();
    await stripe.stop();
  });

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
  const reach = (orders: string[], state: string) =>
    eventually(async () => expect(await inState(orders, state)).toBe(orders.length), shared);
  const statesOf = async (orderId: string) =>
    PSP === 'stripe' ? stripe.of(orderId).map(({ status }) => status) : payments.psp.states(orderId);

  it('charge 200 orders once each', async () => {
    const orders = Array.from({ length: 200 }, newId);
    await send(orders.map((orderId) => [AuthorisePayment, { orderId, amount, token: tokens.ok }]));
    await reach(orders, 'AUTHORISED');
    await send(orders.map((orderId) => [CapturePayment, { orderId }]));
    await reach(orders, 'CAPTURED');
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
      { orderId, amount, token: tokens.ok },
    ]);
    await send([
      ...authorisations.slice(0, 20),
      [CapturePayment, { orderId: newId() }],
      ...authorisations.slice(20),
    ]);
    await reach(orders, 'AUTHORISED');
    await send(orders.map((orderId) => [CancelPayment, { orderId }]));
    await reach(orders, 'VOIDED');
  });

  it('charge once although the answers to both steps are lost, and give it back once', async () => {
    const orderId = newId();
    await send([[AuthorisePayment, { orderId, amount, token: tokens.lostAnswer }]]);
    await payments.replied(orderId, 'authorised');
    await send([[CapturePayment, { orderId }]]);
    await payments.replied(orderId, 'captured');
    expect(payments.repliesTo(orderId)).toEqual([
      ...['authorise-payment', 'attempt-failed', 'authorised'],
      ...['capture-payment', 'attempt-failed', 'captured'],
    ]);
    expect(await statesOf(orderId)).toHaveLength(1);
    await send([[RefundPayment, { orderId }]]);
    await payments.replied(orderId, 'refunded');
    expect(await statesOf(orderId)).toHaveLength(1);
    expect(await payments.ledger(orderId)).toEqual([
      'capture psp 1999',
      'capture sales -1999',
      'refund psp -1999',
      'refund sales 1999',
    ]);
  });

  it('are answered with the bank’s reason when it declines', async () => {
    const orderId = newId();
    await send([[AuthorisePayment, { orderId, amount, token: tokens.declined }]]);
    await payments.replied(orderId, 'declined');
    expect(payments.lastReplyTo(orderId)).toMatchObject({ code: 'payment/declined' });
  });
});
