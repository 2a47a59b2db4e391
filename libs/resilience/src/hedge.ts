import { linkedAbort } from './linked-abort.ts';
import type { Policy } from './policy.ts';
import type { RetryBudget } from './retry-budget.ts';

/**
 * Sends a second, equal piece of work when the first has not answered after `afterMs`; the first answer wins and the other is aborted.
 * Only for work that may run twice. A failure of the first before that time is passed on: repeating failures is the job of retry.
 */
export function hedge({ afterMs, budget }: { afterMs: number; budget?: RetryBudget }): Policy {
  return async <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    budget?.request();
    const { controller, unlink } = linkedAbort(signal);
    const first = work(controller.signal);
    try {
      const early = await Promise.race([first.then((value) => ({ value })), pause(afterMs)]);
      if (early) return early.value;
      if (budget && !budget.tryRetry()) return await first;
      return await Promise.any([first, work(controller.signal)]).catch((errors: AggregateError) => {
        throw errors.errors[0];
      });
    } finally {
      unlink();
      controller.abort();
    }
  };
}

const pause = (ms: number) =>
  new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms).unref());
