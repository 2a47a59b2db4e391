import { setTimeout as sleep } from 'node:timers/promises';

/** Doubling with each failure from `baseMs` to `maxMs`, half of it by chance, so that many who failed together do not return together. */
export function backoffMs(failures: number, baseMs: number, maxMs: number): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 20));
  return full / 2 + (Math.random() * full) / 2;
}

/** Waits, or returns at once when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, { signal }).catch(() => {});
}
