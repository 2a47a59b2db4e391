import { setTimeout as sleep } from 'node:timers/promises';

/** A pause that the signal ends early, by throwing. */
export const pause =
  (signal: AbortSignal) =>
  (ms: number): Promise<void> =>
    sleep(ms, undefined, { signal });
