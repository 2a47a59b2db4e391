import { linkedAbort, untilAborted } from './linked-abort.ts';
import type { Policy } from './policy.ts';

/** Work took longer than it was given. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** Aborts work after `ms` milliseconds and rejects with a {@link TimeoutError}, even if the work does not listen. */
export function timeout(ms: number): Policy {
  return async (work, signal) => {
    const { controller, unlink } = linkedAbort(signal);
    const timer = setTimeout(() => controller.abort(new TimeoutError(`no answer within ${ms} ms`)), ms);
    try {
      return await untilAborted(work(controller.signal), controller.signal);
    } finally {
      clearTimeout(timer);
      unlink();
    }
  };
}
