import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, CapturePayment, newId, RefundPayment } from '@shop/contracts';
import { amount, RunningPayments, startMs } from '../../running-payments.fixture.ts';
import { refused } from './stand-in-intents.fixture.ts';
import { StripeStandIn } from './stripe-stand-in.fixture.ts';

const oldSecret = 'whsec_of_yesterday';
const stripe = new StripeStandIn();
const payments = new RunningPayments();
beforeAll(async () => {
  await stripe.start();
  await payments.start({ env: { ...stripe.environment(), STRIPE_WEBHOOK_SECRET_PREVIOUS: oldSecret } });
}, startMs);
afterAll(async () => {
  await payments.stop();
  await stripe.stop();
});

const hook = async ({ body, signature }: { body: string; signature: string }) => {
  const response = await fetch(`${payments.service.url}/v1/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
  return [response.status, (await response.json()) as object];
};
const seconds = () => Math.floor(Date.now() / 1_000);

/** An order whose authorisation happened at Stripe, answered by a 500, and whose call now waits an hour. */
async function unheard(): Promise<string> {
  const orderId = newId();
  await payments.send(AuthorisePayment, { orderId, amount, token: 'pm_broken' });
  await payments.replied(orderId, 'attempt-failed', 2);
  await payments.query(
    `UPDATE psp_calls SET due_at = now() + interval '1 hour', claimed_by = NULL
     WHERE payment_id = (SELECT id FROM payments WHERE order_id = $1)`,
    [orderId],
  );
  return orderId;
}

describe('a webhook of Stripe', () => {
  it('has the provider asked about the payment at once, and is not believed', async () => {
    const orderId = await unheard();
    stripe.searchable = true;
    const [intent] = stripe.of(orderId);
    const event = stripe.event('payment_intent.succeeded', intent!);
    expect(await hook(event)).toEqual([200, { result: 'received' }]);
    await payments.replied(orderId, 'authorised');
    expect(await payments.stateOf(orderId)).toBe('AUTHORISED');
    expect(await hook(event)).toEqual([200, { result: 'already-received' }]);
  });

  it('is taken although it is about nothing of ours', async () => {
    expect(await hook(stripe.event('charge.dispute.created', { object: 'dispute', metadata: {} }))).toEqual([
      200,
      { result: 'received' },
    ]);
    expect(await hook(stripe.event('balance.available', { object: 'balance' }))).toMatchObject([200, {}]);
  });

  it('is taken although somebody else on the account numbers orders in another way', async () => {
    const metadata = { order_id: '6735' };
    expect(await hook(stripe.event('payment_intent.succeeded', { metadata }))).toMatchObject([200, {}]);
  });

  it('is taken with the secret of yesterday while it is rolled', async () => {
    expect(await hook(stripe.event('payment_intent.canceled', {}, oldSecret))).toMatchObject([200, {}]);
  });

  it.each([
    ['signed by somebody else', stripe.event('payment_intent.succeeded', {}, 'whsec_of_somebody_else')],
    ['old', stripe.event('payment_intent.succeeded', {}, undefined, seconds() - 301)],
    ['from the future', stripe.event('payment_intent.succeeded', {}, undefined, seconds() + 330)],
  ])('is refused when it is %s', async (_, event) => {
    expect(await hook(event)).toMatchObject([401, { code: 'webhook/signature-invalid' }]);
  });

  it('is refused when a byte of it was changed', async () => {
    const { body, signature } = stripe.event('payment_intent.succeeded', { amount: 1 });
    expect(await hook({ body: body.replace('"amount":1', '"amount":2'), signature })).toMatchObject([
      401,
      {},
    ]);
  });
});

describe('a refund that its webhook is about', () => {
  it('keeps the payment waiting, and ends it as soon as it arrives', async () => {
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'pm_card_visa' });
    await payments.replied(orderId, 'authorised');
    await payments.send(CapturePayment, { orderId });
    await payments.replied(orderId, 'captured');
    stripe.intents.refundsBegin = 'pending';
    await payments.send(RefundPayment, { orderId });
    await payments.replied(orderId, 'attempt-failed');
    expect(payments.lastReplyTo(orderId)).toMatchObject({ step: 'refund', reason: 'refund pending' });
    expect(await payments.stateOf(orderId)).toBe('REFUNDING');
    expect(await payments.ledger(orderId)).toHaveLength(2);
    const [refund] = stripe.of(orderId)[0]!.latest_charge!.refunds.data;
    stripe.intents.end(refund!, 'succeeded');
    expect(await hook(stripe.event('refund.updated', refund!))).toEqual([200, { result: 'received' }]);
    await payments.replied(orderId, 'refunded');
    expect(await payments.stateOf(orderId)).toBe('REFUNDED');
  });
});

describe('Stripe in trouble', () => {
  it('is waited for: what it refuses for now is asked again', async () => {
    for (const status of [429, 409, 503]) stripe.refuseNext.push(refused(status, {}, false));
    const orderId = newId();
    await payments.send(AuthorisePayment, { orderId, amount, token: 'pm_card_visa' });
    await payments.replied(orderId, 'authorised');
    expect(stripe.of(orderId)).toHaveLength(1);
  });
});
