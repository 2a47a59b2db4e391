import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpClient, type HttpClient } from '@shop/resilience';
import type { PaymentsConfig } from '../../payments.config.ts';
import type { PaymentProvider } from '../payment-provider.ts';
import { aPayment } from './stripe-payment.fixture.ts';
import { stripeKey, StripeStandIn } from './stripe-stand-in.fixture.ts';
import { stripeAdapter } from './stripe.ts';

const { signal } = new AbortController();
const waits = (message: string) => ({ name: 'OutcomeUnknown', message, retryInMs: 600_000 });

describe('a refund at Stripe that is not there at once', () => {
  const stripe = new StripeStandIn();
  let http: HttpClient;
  let provider: PaymentProvider;
  beforeAll(async () => {
    await stripe.start();
    stripe.intents.refundsBegin = 'pending';
    http = httpClient({ name: 'psp', baseUrl: stripe.url, timeoutMs: 10_000, retries: 0 });
    ({ provider } = stripeAdapter({ STRIPE_SECRET_KEY: stripeKey } as PaymentsConfig, http));
  });
  afterAll(async () => {
    await http.close();
    await stripe.stop();
  });

  const begun = async () => {
    const payment = aPayment();
    const known = { ...payment, pspId: (await provider.authorise(payment, signal)).id! };
    await provider.capture(known, signal);
    await expect(provider.refund(known, signal)).rejects.toMatchObject(waits('refund pending'));
    const [refund] = stripe.of(payment.orderId)[0]!.latest_charge!.refunds.data;
    return { known, refund: refund! };
  };

  it('is none until it has arrived, and is asked about at leisure', async () => {
    const { known, refund } = await begun();
    expect(refund.metadata).toEqual({ payment_id: known.paymentId, order_id: known.orderId });
    const open = waits('refund pending');
    await expect(provider.find(known, signal)).rejects.toMatchObject(open);
    await expect(provider.refund(known, signal)).rejects.toMatchObject(open);
    stripe.keys.forget();
    await expect(provider.refund(known, signal)).rejects.toMatchObject(open);
    stripe.intents.end(refund, 'succeeded');
    expect(await provider.find(known, signal)).toMatchObject({ state: 'refunded' });
    expect(await provider.refund(known, signal)).toMatchObject({ state: 'refunded' });
  });

  it('has failed when Stripe says so, whatever its key answers, and the payment is captured still', async () => {
    const { known, refund } = await begun();
    stripe.intents.end(refund, 'failed');
    expect(await provider.find(known, signal)).toMatchObject({ state: 'captured' });
    await expect(provider.refund(known, signal)).rejects.toMatchObject(waits('refund failed'));
  });

  it('is none for a cancellation either', async () => {
    const { known, refund } = await begun();
    await expect(provider.cancel(known, signal)).rejects.toMatchObject(waits('refund pending'));
    stripe.intents.end(refund, 'succeeded');
    expect(await provider.cancel(known, signal)).toMatchObject({ state: 'refunded' });
  });
});
