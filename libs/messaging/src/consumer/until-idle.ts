import { pause } from '../backoff.ts';

/**
 * Resolves when `left` has answered 0 for `idleMs` in a row, or when `signal` aborts. While it fails nobody knows what is left, and that is
 * not nothing.
 */
export async function untilIdle(
  left: () => Promise<number>,
  idleMs: number,
  signal: AbortSignal,
): Promise<void> {
  const everyMs = Math.min(idleMs / 4, 500);
  let since: number | undefined;
  while (!signal.aborted) {
    const asked = performance.now();
    const nothing = (await left().catch(() => undefined)) === 0;
    since = nothing ? (since ?? asked) : undefined;
    if (since !== undefined && performance.now() - since >= idleMs) return;
    await pause(everyMs, signal);
  }
}
