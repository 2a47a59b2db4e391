import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PspState, Step } from '../model/moves.ts';
import type { PspPayment } from '../model/payment.ts';
import { OutcomeUnknown, PaymentProvider } from '../psp/payment-provider.ts';
import type { Call } from './call.ts';
import { makeCall } from './make-call.ts';

/** A provider that says what it was told to, and remembers what it was asked. */
class ScriptedProvider extends PaymentProvider {
  readonly asked: string[] = [];
  found: PspState | undefined;
  result: PspState = 'authorised';

  override authorise = () => this.does('authorise');
  override capture = () => this.does('capture');
  override refund = () => this.does('refund');
  override cancel = () => this.does('cancel');
  override find = (): Promise<PspPayment | undefined> => {
    this.asked.push('find');
    return Promise.resolve(this.found && { id: 'psp-1', state: this.found });
  };

  private does(operation: string): Promise<PspPayment> {
    this.asked.push(operation);
    return Promise.resolve({ id: 'psp-1', state: this.result });
  }
}

const call = (step: Step, uncertain: boolean): Call => ({
  id: '1',
  step,
  version: 1,
  attempts: 0,
  uncertain,
  carrier: {},
  paymentId: 'p',
  orderId: 'o',
  provider: 'sandbox',
  pspId: 'psp-1',
  amount: { amount: 1999, currency: 'EUR' },
  token: 'tok_ok',
});
const { signal } = new AbortController();

describe('making a call', () => {
  let provider: ScriptedProvider;
  beforeEach(() => {
    provider = new ScriptedProvider();
  });

  it('just makes it the first time', async () => {
    await expect(makeCall(provider, call('authorise', false), signal)).resolves.toMatchObject({
      state: 'authorised',
    });
    expect(provider.asked).toEqual(['authorise']);
  });

  it.each<[Step, PspState]>([
    ['authorise', 'authorised'],
    ['authorise', 'declined'],
    ['capture', 'captured'],
    ['capture', 'voided'],
    ['void', 'voided'],
    ['void', 'refunded'],
    ['refund', 'refunded'],
  ])('does not repeat an uncertain %s when the payment turns out to be %s', async (step, found) => {
    provider.found = found;
    await expect(makeCall(provider, call(step, true), signal)).resolves.toMatchObject({ state: found });
    expect(provider.asked).toEqual(['find']);
  });

  it.each<[Step, PspState | undefined, PspState, string]>([
    ['authorise', undefined, 'authorised', 'authorise'],
    ['capture', 'authorised', 'captured', 'capture'],
    ['void', 'authorised', 'voided', 'cancel'],
    ['void', undefined, 'voided', 'cancel'],
    ['refund', 'captured', 'refunded', 'refund'],
  ])(
    'repeats an uncertain %s when the payment turns out to be %s',
    async (step, found, result, operation) => {
      Object.assign(provider, { found, result });
      await expect(makeCall(provider, call(step, true), signal)).resolves.toMatchObject({ state: result });
      expect(provider.asked).toEqual(['find', operation]);
    },
  );

  it('only looks when it is a query', async () => {
    await expect(makeCall(provider, call('query', false), signal)).resolves.toBeUndefined();
    expect(provider.asked).toEqual(['find']);
  });

  it('takes an answer that settles nothing for none', async () => {
    await expect(makeCall(provider, call('capture', false), signal)).rejects.toThrow(
      new OutcomeUnknown('still authorised'),
    );
  });
});
