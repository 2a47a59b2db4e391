import { setTimeout as sleep } from 'node:timers/promises';
import { currentDeadline } from './deadline.ts';
import { never, type Policy } from './policy.ts';
import type { RetryBudget } from './retry-budget.ts';
import { retried, watchBudget } from './signals.ts';

export interface RetryOptions {
  /** Whose retries they are, for metrics. */
  name?: string;
  /** Including the first; at most 3. Default 3. */
  attempts?: number;
  budget?: RetryBudget;
  baseMs?: number;
  maxMs?: number;
  retryable?: (error: unknown) => boolean;
  /** What the upstream asked for, in milliseconds. */
  retryAfterMs?: (error: unknown) => number | undefined;
  random?: () => number;
}

/** A random pause up to baseMs × 2^(attempt − 1), at most maxMs: spreads those who failed together (AWS, "full jitter"). */
export function fullJitter(
  attempt: number,
  baseMs: number,
  maxMs: number,
  random: () => number = Math.random,
): number {
  return random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}

/**
 * Repeats failed work, with full jitter between attempts. Gives up with the last error after the attempts, when the budget is spent,
 * when the pause would pass the deadline, or when the upstream asked for more than maxMs.
 */
export function retry(options: RetryOptions = {}): Policy {
  const {
    name = 'unnamed',
    budget,
    baseMs = 50,
    maxMs = 1_000,
    retryable = () => true,
    retryAfterMs = () => undefined,
    random,
  } = options;
  const attempts = Math.min(3, options.attempts ?? 3);
  if (budget && attempts > 1) watchBudget(name, () => budget.left());

  const pauseAfter = (error: unknown, attempt: number): number | undefined => {
    if (attempt >= attempts || !retryable(error)) return undefined;
    const pause = Math.max(fullJitter(attempt, baseMs, maxMs, random), retryAfterMs(error) ?? 0);
    if (pause > maxMs || pause >= (currentDeadline()?.remainingMs() ?? Infinity)) return undefined;
    const allowed = budget?.tryRetry() ?? true;
    retried(name, allowed ? 'repeated' : 'budget-spent');
    return allowed ? pause : undefined;
  };

  return async (work, signal = never) => {
    budget?.request();
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(signal);
      } catch (error) {
        const pause = signal.aborted ? undefined : pauseAfter(error, attempt);
        if (pause === undefined) throw error;
        await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  };
}
