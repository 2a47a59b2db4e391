import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { freePort } from '@shop/testing';
import type { Call } from '../calls/call.ts';
import { makeCall } from '../calls/make-call.ts';
import type { Step } from '../model/moves.ts';
import { startMs } from '../running-payments.fixture.ts';
import { subjects } from './contract-subjects.fixture.ts';
import { NotSent, OutcomeUnknown, type Authorisation, type PaymentProvider } from './payment-provider.ts';

const { signal } = new AbortController();
const aPayment = (token: string): Authorisation => ({
  provider: 'any',
  paymentId: newId(),
  orderId: newId(),
  pspId: null,
  amount: { amount: 1999, currency: 'EUR' },
  token,
});
const unknown = (message: string) => ({ name: 'OutcomeUnknown', message });
const aCall = (step: Step, payment: Authorisation, uncertain = true): Call => ({
  ...payment,
  ...{ id: '1', step, version: 1, attempts: 1, uncertain, carrier: {} },
});

describe.each(subjects)('$name', ({ tokens, faults, states, ...subject }) => {
  let provider: PaymentProvider;
  beforeAll(async () => {
    await subject.start();
    provider = subject.provider();
  }, startMs);
  afterAll(async () => {
    await subject.close();
    await subject.stop();
  });

  const authorised = async (token = tokens.ok) => {
    const payment = aPayment(token);
    const { id } = await provider.authorise(payment, signal);
    return { ...payment, pspId: id! };
  };
  const captured = async () => {
    const payment = await authorised();
    await provider.capture(payment, signal);
    return payment;
  };
  /** What is there of it, by the provider's own account. */
  const left = async ({ orderId }: Authorisation, expected: string[]) => {
    if (states) expect(await states(orderId)).toEqual(expected);
  };

  it('authorises, and captures later', async () => {
    const payment = aPayment(tokens.ok);
    const answer = await provider.authorise(payment, signal);
    expect(answer).toEqual({ id: expect.any(String), state: 'authorised' });
    const known = { ...payment, pspId: answer.id! };
    expect(await provider.find(known, signal)).toEqual(answer);
    expect(await provider.capture(known, signal)).toEqual({ id: answer.id, state: 'captured' });
    expect(await provider.find(known, signal)).toMatchObject({ state: 'captured' });
    await left(payment, ['captured']);
  });

  it.each([
    ['declined', 'payment/declined'],
    ['insufficientFunds', 'payment/insufficient-funds'],
    ['unknown', 'payment/unknown-token'],
  ] as const)('answers %s with the reason, again and again', async (token, code) => {
    const payment = aPayment(tokens[token]);
    const answer = await provider.authorise(payment, signal);
    expect(answer).toMatchObject({ state: 'declined', refusal: { code, message: expect.any(String) } });
    expect(await provider.authorise(payment, signal)).toEqual(answer);
    if (answer.id) expect(await provider.find({ ...payment, pspId: answer.id }, signal)).toEqual(answer);
  });

  it('does once what is asked under one key, however often', async () => {
    const payment = aPayment(tokens.ok);
    const { id } = await provider.authorise(payment, signal);
    expect(await provider.authorise(payment, signal)).toMatchObject({ id });
    const known = { ...payment, pspId: id! };
    for (const _ of 'abc') expect(await provider.capture(known, signal)).toEqual({ id, state: 'captured' });
    for (const _ of 'abc') expect(await provider.refund(known, signal)).toEqual({ id, state: 'refunded' });
    await left(payment, ['refunded']);
  });

  it('refuses other terms under the same key', async () => {
    const payment = await authorised();
    const dearer = { ...payment, pspId: null, amount: { ...payment.amount, amount: 5_000 } };
    await expect(provider.authorise(dearer, signal)).rejects.toThrow(OutcomeUnknown);
    await left(payment, ['authorised']);
  });

  it('refunds what was captured', async () => {
    const payment = await captured();
    expect(await provider.refund(payment, signal)).toMatchObject({ state: 'refunded' });
    expect(await provider.find(payment, signal)).toMatchObject({ state: 'refunded' });
    await left(payment, ['refunded']);
  });

  it('says how a payment stands that is not in the state for a step', async () => {
    const payment = await authorised();
    expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
    const refusal = { code: expect.any(String), message: expect.any(String) };
    expect(await provider.capture(payment, signal)).toMatchObject({ state: 'voided', refusal });
    expect(await provider.refund(payment, signal)).toMatchObject({ state: 'voided', refusal });
  });

  it('knows nothing of a payment that it never saw', async () => {
    expect(await provider.find(aPayment(tokens.ok), signal)).toBeUndefined();
  });

  it('says that a call was not sent when there is nobody at the address', async () => {
    const nobody = subject.provider({ url: `http://127.0.0.1:${await freePort()}` });
    await expect(nobody.authorise(aPayment(tokens.ok), signal)).rejects.toThrow(NotSent);
  });

  it('stops when it is told to', async () => {
    const ended = AbortSignal.abort(new Error('no longer wanted'));
    await expect(provider.authorise(aPayment(tokens.ok), ended)).rejects.toThrow('no longer wanted');
  });

  describe('cancelling', () => {
    it('voids an authorisation, also one whose id is not known', async () => {
      const payment = await authorised();
      expect(await provider.cancel({ ...payment, pspId: null }, signal)).toMatchObject({ state: 'voided' });
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
      await left(payment, ['voided']);
    });

    it('refunds a capture, also one whose id is not known', async () => {
      for (const forget of [{}, { pspId: null }]) {
        const payment = { ...(await captured()), ...forget };
        expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'refunded' });
        await left(payment, ['refunded']);
      }
    });

    it('leaves a declined payment declined', async () => {
      const payment = aPayment(tokens.declined);
      await provider.authorise(payment, signal);
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'declined' });
    });

    it('keeps an authorisation that comes late from ever holding money', async () => {
      const payment = aPayment(tokens.ok);
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
      const late = provider.authorise(payment, signal).catch((error: unknown) => error);
      expect(await late).not.toMatchObject({ state: 'authorised' });
      expect(await provider.cancel(payment, signal)).toMatchObject({ state: 'voided' });
      if (states) expect(await states(payment.orderId)).not.toContain('authorised');
    });
  });

  if (!faults) return;

  describe('when the network fails', () => {
    it('charges once although the answers to both steps are lost', async () => {
      const payment = aPayment(faults.lostAnswer);
      await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
      const answer = await makeCall(provider, aCall('authorise', payment), signal);
      expect(answer).toMatchObject({ state: 'authorised' });
      const known = { ...payment, pspId: answer!.id! };
      await expect(provider.capture(known, signal)).rejects.toThrow(OutcomeUnknown);
      expect(await makeCall(provider, aCall('capture', known), signal)).toMatchObject({ state: 'captured' });
      await left(payment, ['captured']);
    });

    it('voids what was authorised although nobody heard so', async () => {
      const payment = aPayment(faults.lostAnswer);
      await expect(provider.authorise(payment, signal)).rejects.toThrow(OutcomeUnknown);
      expect(await makeCall(provider, aCall('void', payment, false), signal)).toMatchObject({
        state: 'voided',
      });
      await left(payment, ['voided']);
    });

    it('gives up on an answer that does not come, and the payment can still be cancelled for good', async () => {
      const payment = aPayment(faults.hang);
      const hurried = subject.provider({ timeoutMs: 1_000 });
      const startedAt = Date.now();
      await expect(hurried.authorise(payment, signal)).rejects.toMatchObject(unknown('timeout'));
      expect(Date.now() - startedAt).toBeLessThan(5_000);
      const cancelled = async () => (await provider.cancel(payment, signal)).state;
      expect(await cancelled().catch(cancelled)).toBe('voided');
      if (states) expect(await states(payment.orderId)).not.toContain('authorised');
    });

    it('comes through when the provider fails for a while', async () => {
      const payment = aPayment(faults.flaky);
      for (const _ of 'ab')
        await expect(makeCall(provider, aCall('authorise', payment), signal)).rejects.toThrow(OutcomeUnknown);
      expect(await makeCall(provider, aCall('authorise', payment), signal)).toMatchObject({
        state: 'authorised',
      });
      await left(payment, ['authorised']);
    });
  });
});
