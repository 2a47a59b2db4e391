import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorisePayment, CapturePayment, newId } from '@shop/contracts';
import { aDelivery, amount, RunningPayments, startMs } from '../running-payments.fixture.ts';
import { StripeStandIn } from './stripe/stripe-stand-in.fixture.ts';

const stripe = new StripeStandIn();
const payments = new RunningPayments();
const { psp } = payments;
beforeAll(async () => {
  await stripe.start();
  await payments.start();
}, startMs);
afterAll(async () => {
  await payments.stop();
  await stripe.stop();
});

const authorised = async (token: string, service = payments.service): Promise<string> => {
  const orderId = newId();
  await payments.carryOut([aDelivery(AuthorisePayment, { orderId, amount, token })], service);
  await payments.replied(orderId, 'authorised');
  return orderId;
};
const capture = (orderId: string, service = payments.service) =>
  payments.carryOut([aDelivery(CapturePayment, { orderId })], service);

describe('when the provider is changed', () => {
  it('a payment under way ends where it began, and new ones begin at the new provider', async () => {
    const before = await authorised('tok_ok');
    const changed = await payments.replica(false, stripe.environment());
    const after = await authorised('pm_card_visa', changed);
    for (const orderId of [before, after]) {
      await capture(orderId, changed);
      await payments.replied(orderId, 'captured');
    }
    expect(await psp.states(before)).toEqual(['captured']);
    expect(await psp.states(after)).toEqual([]);
    expect(stripe.of(before)).toEqual([]);
    expect(stripe.of(after)).toMatchObject([{ status: 'succeeded' }]);
    await changed.close();
  });

  it('a payment waits while the provider where it began is not configured, and says so', async () => {
    const orderId = await authorised('tok_ok');
    const changed = await payments.replica(false, { ...stripe.environment(), PSP_API_KEY: '' });
    await capture(orderId, changed);
    await payments.replied(orderId, 'attempt-failed');
    expect(payments.lastReplyTo(orderId)).toMatchObject({ reason: 'sandbox is not configured' });
    await changed.close();
    await payments.replied(orderId, 'captured');
    expect(await psp.states(orderId)).toEqual(['captured']);
  });
});
