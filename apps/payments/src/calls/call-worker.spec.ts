import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ShutdownSequence } from '@shop/service-kit';
import { eventually } from '@shop/testing';
import { paymentsConfig, type PaymentsConfig } from '../payments.config.ts';
import { NotSent, PaymentProvider, type PaymentRef } from '../psp/payment-provider.ts';
import type { CallRows } from './call-rows.ts';
import { CallWorker } from './call-worker.ts';
import type { Call } from './call.ts';
import type { Report, Reports } from './reports.ts';

/** A provider of which every operation does what the test says. */
class FakeProvider extends PaymentProvider {
  readonly asked: string[] = [];
  does = (_operation: string, _signal: AbortSignal): Promise<void> => Promise.resolve();

  override authorise = (_: PaymentRef, signal: AbortSignal) =>
    this.ask('authorise', signal, 'authorised' as const);
  override capture = (_: PaymentRef, signal: AbortSignal) => this.ask('capture', signal, 'captured' as const);
  override refund = (_: PaymentRef, signal: AbortSignal) => this.ask('refund', signal, 'refunded' as const);
  override cancel = (_: PaymentRef, signal: AbortSignal) => this.ask('cancel', signal, 'voided' as const);
  override find = () => Promise.resolve(undefined);

  private async ask<S>(operation: string, signal: AbortSignal, state: S): Promise<{ state: S }> {
    this.asked.push(operation);
    await this.does(operation, signal);
    return { state };
  }
}

const settings: PaymentsConfig = paymentsConfig.parse({
  ...{ AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a', AUTH_JWKS_URL: 'file:///k' },
  ...{
    DATABASE_URL: 'postgres://localhost/p',
    KAFKA_BROKERS: 'k:1',
    PSP_API_KEY: 'an-api-key',
    PSP_WEBHOOK_SECRET: 'a'.repeat(16),
  },
  PSP_POLL_MS: 10,
});
const aCall = (change: Partial<Call> = {}): Call => ({
  ...{
    id: '1',
    version: 1,
    step: 'authorise',
    attempts: 0,
    uncertain: false,
    carrier: {},
    paymentId: 'p',
    orderId: 'o',
    provider: 'sandbox',
  },
  ...{ pspId: null, amount: { amount: 1999, currency: 'EUR' }, token: 'tok_ok' },
  ...change,
});
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('the worker', () => {
  let provider: FakeProvider;
  let reports: Report[];
  let shutdown: ShutdownSequence;
  let worker: CallWorker;
  let claim: () => Promise<Call[]>;
  const started = () => {
    worker.onApplicationBootstrap();
    return eventually(() => expect(worker.claimant).not.toBeNull());
  };

  beforeEach(() => {
    provider = new FakeProvider();
    reports = [];
    shutdown = new ShutdownSequence();
    claim = () => Promise.resolve([]);
    const rows = {
      claim: () => claim(),
      leave: () => Promise.resolve(),
      hurry: () => Promise.resolve({ fresh: 1, calls: ['1'] }),
    };
    const store = (_: string, report: Report) =>
      Promise.resolve({ result: 'stored', at: reports.push(report) });
    worker = new CallWorker(
      provider,
      rows as unknown as CallRows,
      { store } as unknown as Reports,
      shutdown,
      settings,
    );
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await shutdown.run();
  });

  it('makes a call that it was handed, once, even if it is handed over twice', async () => {
    await started();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    provider.does = () => answered;
    worker.accept([aCall()]);
    await eventually(() => expect(provider.asked).toHaveLength(1));
    worker.accept([aCall()]);
    answer();
    await eventually(() => expect(reports).toMatchObject([{ seen: { state: 'authorised' } }]));
    await shutdown.run();
    expect(provider.asked).toEqual(['authorise']);
  });

  it('ends a call before it makes the one that takes its place', async () => {
    await started();
    const order: string[] = [];
    provider.does = async (operation, signal) => {
      order.push(`${operation} begins`);
      if (operation === 'authorise') await untilAborted(signal).catch(() => order.push('authorise ends'));
      signal.throwIfAborted();
    };
    worker.accept([aCall()]);
    await eventually(() => expect(order).toHaveLength(1));
    worker.accept([aCall({ version: 2, step: 'void' })]);
    await eventually(() => expect(order).toEqual(['authorise begins', 'authorise ends', 'cancel begins']));
    expect(reports).toMatchObject([{ call: { step: 'void' } }]);
  });

  it('makes a failed call again at once when it is hurried', async () => {
    await started();
    provider.does = () =>
      provider.asked.length === 1 ? Promise.reject(new NotSent('unreachable')) : Promise.resolve();
    jest.spyOn(Math, 'random').mockReturnValue(0.99);
    // After so many failures the pause is five seconds.
    worker.accept([aCall({ attempts: 1_000 })]);
    await eventually(() =>
      expect(reports).toMatchObject([{ failed: { reason: 'unreachable', uncertain: false } }]),
    );
    await worker.hurry('sandbox', [{ id: 'e', orderId: 'o' }]);
    await eventually(() => expect(reports).toHaveLength(2), { timeoutMs: 2_000 });
  });

  it('makes no call before the database has confirmed that it may', async () => {
    claim = () => Promise.reject(new Error('no database'));
    worker.onApplicationBootstrap();
    worker.accept([aCall()]);
    expect(worker.claimant).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(provider.asked).toEqual([]);
    claim = () => Promise.resolve([]);
    await eventually(() => expect(reports).toHaveLength(1));
  });

  it('takes no more calls once it was told to stop, and waits for those under way', async () => {
    await started();
    provider.does = (_, signal) =>
      Promise.race([untilAborted(signal), new Promise<void>((resolve) => setTimeout(resolve, 50))]);
    worker.accept([aCall()]);
    await eventually(() => expect(provider.asked).toHaveLength(1));
    await shutdown.run();
    expect(worker.claimant).toBeNull();
    expect(reports).toHaveLength(1);
  });
});
