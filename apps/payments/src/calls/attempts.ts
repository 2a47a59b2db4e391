import { bulkhead, fullJitter, type Policy } from '@shop/resilience';
import { inNewTrace, logger } from '@shop/tracing';
import { NotSent, OutcomeUnknown, type PaymentProvider } from '../psp/payment-provider.ts';
import type { Call } from './call.ts';
import { makeCall } from './make-call.ts';
import type { Report } from './reports.ts';

const backOff = { baseMs: 200, maxMs: 5_000 };

/** Makes attempts, so many at a time. Repeats have places of their own: payments that hang take turns among themselves. */
export class Attempts {
  private readonly log = logger('attempts');
  private readonly first: Policy;
  private readonly repeated: Policy;

  constructor(
    private readonly provider: PaymentProvider,
    concurrency: number,
  ) {
    const places = { concurrency: Math.ceil(concurrency / 2), queue: Infinity };
    this.first = bulkhead({ ...places, name: 'psp first attempts' });
    this.repeated = bulkhead({ ...places, name: 'psp repeated attempts' });
  }

  /** Rejects only when the signal aborts. */
  make(call: Call, signal: AbortSignal): Promise<Report> {
    const places = call.attempts === 0 && !call.uncertain ? this.first : this.repeated;
    return places((inner) => inNewTrace(call.carrier, () => this.attempt(call, inner)), signal);
  }

  private async attempt(call: Call, signal: AbortSignal): Promise<Report> {
    try {
      return { call, seen: await makeCall(this.provider, call, signal) };
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof NotSent || error instanceof OutcomeUnknown;
      if (!known)
        this.log.error({ err: error, step: call.step }, 'the provider gave an answer that cannot be read');
      const reason = known ? error.message : 'unreadable answer';
      const uncertain = call.uncertain || !(error instanceof NotSent);
      const hint = error instanceof OutcomeUnknown ? error.retryInMs : undefined;
      const retryInMs = hint ?? Math.round(fullJitter(call.attempts + 1, backOff.baseMs, backOff.maxMs));
      return { call, failed: { reason, uncertain, retryInMs } };
    }
  }
}
