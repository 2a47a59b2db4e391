import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 20 000 ms; generous, because a busy machine is no failure. */
  timeoutMs?: number;
  /** Pause between two probes; default 25 ms. */
  everyMs?: number;
  message?: string;
}

/** Repeats `probe` until it does not throw, and answers what it returned. After the time-out it throws with the last failure as its cause. */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: EventuallyOptions = {},
): Promise<T> {
  const { timeoutMs = 20_000, everyMs = 25, message = 'the probe did not succeed' } = options;
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (cause) {
      if (performance.now() + everyMs > end) {
        throw new Error(
          `${message} within ${timeoutMs} ms: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        );
      }
    }
    await sleep(everyMs);
  }
}
