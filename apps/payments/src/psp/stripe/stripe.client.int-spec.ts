import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { httpClient, type HttpClient } from '@shop/resilience';
import { v7 } from 'uuid';
import type { PaymentsConfig } from '../../payments.config.ts';
import { OutcomeUnknown, type Authorisation, type PaymentProvider } from '../payment-provider.ts';
import { refused } from './stand-in-intents.fixture.ts';
import { aPayment } from './stripe-payment.fixture.ts';
import { stripeKey, StripeStandIn } from './stripe-stand-in.fixture.ts';
import { apiVersion, stripeAdapter } from './stripe.ts';

const { signal } = new AbortController();
const unknown = (message: string) => ({ name: 'OutcomeUnknown', message });
const ofYesterday = () => v7({ msecs: Date.now() - 24 * 3_600_000 });

describe('Stripe, beyond what every provider promises', () => {
  const stripe = new StripeStandIn();
  let http: HttpClient;
  let provider: PaymentProvider;
  beforeAll(() => stripe.start());
  afterAll(() => stripe.stop());
  beforeEach(() => {
    stripe.asked.length = 0;
    stripe.searchable = false;
    connect(stripeKey);
  });
  afterEach(() => http.close());

  function connect(key: string, breaker = {}): void {
    http = httpClient({ name: 'psp', baseUrl: stripe.url, timeoutMs: 10_000, retries: 0, breaker });
    ({ provider } = stripeAdapter({ STRIPE_SECRET_KEY: key } as PaymentsConfig, http));
  }
  const posts = () => stripe.asked.filter(({ method }) => method === 'POST');
  const statusesOf = ({ orderId }: Authorisation) => stripe.of(orderId).map(({ status }) => status);

  it('asks in its pinned version, with a key of payment and step, for cards and a capture by hand', async () => {
    const payment = aPayment();
    await provider.authorise(payment, signal);
    expect(stripe.asked).toEqual([
      {
        method: 'POST',
        path: '/v1/payment_intents',
        key: `${payment.paymentId}:authorise`,
        version: apiVersion,
        params: {
          amount: '1999',
          currency: 'eur',
          capture_method: 'manual',
          'allowed_payment_method_types[0]': 'card',
          payment_method: 'pm_card_visa',
          confirm: 'true',
          error_on_requires_action: 'true',
          'metadata[payment_id]': payment.paymentId,
          'metadata[order_id]': payment.orderId,
        },
      },
    ]);
  });

  it('has each step its own key', async () => {
    const payment = aPayment();
    const pspId = (await provider.authorise(payment, signal)).id!;
    await provider.capture({ ...payment, pspId }, signal);
    await provider.refund({ ...payment, pspId }, signal);
    const other = aPayment();
    const otherId = (await provider.authorise(other, signal)).id!;
    await provider.cancel({ ...other, pspId: otherId }, signal);
    expect(posts().map(({ key }) => key)).toEqual([
      ...['authorise', 'capture', 'refund'].map((step) => `${payment.paymentId}:${step}`),
      ...['authorise', 'void'].map((step) => `${other.paymentId}:${step}`),
    ]);
  });

  it.each(['pm_card_authenticationRequired', 'pm_slow_3ds'])(
    'refuses %s with a reason of its own: nobody is there to confirm',
    async (token) => {
      const payment = aPayment({ token });
      const answer = { state: 'declined', refusal: { code: 'payment/authentication-required' } };
      expect(await provider.authorise(payment, signal)).toMatchObject(answer);
      expect(statusesOf(payment)).not.toContain('requires_action');
      expect(await provider.cancel(payment, signal)).not.toMatchObject({ state: 'authorised' });
    },
  );

  it('does not tell that a card was stolen', async () => {
    const answer = await provider.authorise(
      aPayment({ token: 'pm_card_visa_chargeDeclinedStolenCard' }),
      signal,
    );
    expect(JSON.stringify(answer)).not.toMatch(/stolen/);
  });

  it.each([
    { amount: 49, currency: 'EUR' },
    { amount: 1_234, currency: 'KWD' },
  ])('declines what it does not take: %j', async (amount) => {
    const payment = aPayment({ amount });
    const answer = { state: 'declined', refusal: { code: 'payment/amount-refused' } };
    expect(await provider.authorise(payment, signal)).toMatchObject(answer);
    expect(['declined', 'voided']).toContain((await provider.cancel(payment, signal)).state);
  });

  it('charges yen as yen', async () => {
    const payment = aPayment({ amount: { amount: 500, currency: 'JPY' } });
    await provider.authorise(payment, signal);
    expect(stripe.of(payment.orderId)).toMatchObject([{ amount: 500, currency: 'jpy' }]);
  });

  it.each([
    [401, { message: 'Invalid API Key provided' }, 'status 401'],
    [403, {}, 'status 403'],
    [409, { code: 'idempotency_key_in_use' }, 'idempotency_key_in_use'],
    [429, { code: 'rate_limit' }, 'rate_limit'],
    [500, { type: 'api_error' }, 'status 500'],
    [503, { type: 'api_error' }, 'status 503'],
  ])('leaves the outcome open on %i, and repeats nothing itself', async (status, error, reason) => {
    stripe.refuseNext.push(refused(status, error, false));
    await expect(provider.authorise(aPayment(), signal)).rejects.toMatchObject(unknown(reason));
    expect(posts()).toHaveLength(1);
  });

  it('leaves a lost answer to the layer that counts attempts, though the library would repeat', async () => {
    const payment = aPayment({ token: 'pm_lost_answer' });
    await expect(provider.authorise(payment, signal)).rejects.toMatchObject(unknown('failed'));
    expect(posts()).toHaveLength(1);
  });

  it('keeps the key out of what it throws', async () => {
    await http.close();
    connect('sk_test_another');
    const error = await provider.authorise(aPayment(), signal).catch((error: unknown) => error);
    expect(error).toMatchObject(unknown('status 401'));
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sk_test');
  });

  it('is left alone by the circuit breaker when it fails nearly always', async () => {
    await http.close();
    connect(stripeKey, { failureRate: 0.9, minimumCalls: 3 });
    for (const _ of 'abcd') {
      stripe.refuseNext.push(refused(503, {}, false));
      await provider.capture(aPayment({ pspId: 'pi_1' }), signal).catch(() => undefined);
    }
    stripe.refuseNext.length = 0;
    await expect(provider.capture(aPayment({ pspId: 'pi_1' }), signal)).rejects.toMatchObject({
      name: 'NotSent',
      message: 'circuit open',
    });
  });

  it('learns that an authorisation has lapsed', async () => {
    const payment = aPayment();
    const pspId = (await provider.authorise(payment, signal)).id!;
    stripe.intents.cancel(stripe.intents.all.get(pspId)!, 'expired');
    expect(await provider.capture({ ...payment, pspId }, signal)).toMatchObject({
      state: 'voided',
      refusal: { code: 'payment/authorisation-expired' },
    });
  });

  describe('where the key gives no answer', () => {
    it('looks for the payment that a 500 left behind, once search shows it', async () => {
      const payment = aPayment({ token: 'pm_broken' });
      await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
      await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
      stripe.searchable = true;
      expect(await provider.authorise(payment, signal)).toMatchObject({ state: 'authorised' });
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
      expect(statusesOf(payment)).toEqual(['canceled']);
    });

    it('does so as well when a release before it asked with other terms', async () => {
      const payment = aPayment();
      await provider.authorise(payment, signal);
      const other = { ...payment, token: 'pm_flaky' };
      await expect(provider.authorise(other, signal)).rejects.toThrow(OutcomeUnknown);
      stripe.searchable = true;
      expect(await provider.authorise(other, signal)).toMatchObject({ state: 'authorised' });
    });

    it('does not take a payment of another amount for it', async () => {
      const payment = aPayment();
      await provider.authorise(payment, signal);
      stripe.searchable = true;
      for (const amount of [
        { ...payment.amount, amount: 2_000 },
        { ...payment.amount, currency: 'USD' },
      ])
        await expect(provider.authorise({ ...payment, amount }, signal)).rejects.toThrow(OutcomeUnknown);
    });

    it('searches before it repeats a key that Stripe may have forgotten, so that nothing is charged twice', async () => {
      const payment = aPayment({ paymentId: ofYesterday(), token: 'pm_lost_answer' });
      await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
      stripe.keys.forget();
      stripe.searchable = true;
      expect(await provider.find(payment, signal)).toMatchObject({ state: 'authorised' });
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
      expect(statusesOf(payment)).toEqual(['canceled']);
    });

    it('asks search for nothing while the key is good', async () => {
      expect(await provider.find(aPayment(), signal)).toBeUndefined();
      expect(stripe.asked).toEqual([]);
    });
  });

  it('holds no money to cancel what never arrived, and leaves nothing that could be confirmed', async () => {
    const payment = aPayment();
    expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
    expect(posts().some(({ params }) => 'confirm' in params)).toBe(false);
    await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
    expect(statusesOf(payment)).toEqual(['canceled']);
  });
});
