import { describe, expect, it } from '@jest/globals';
import { retryBudget, type RetryBudget } from './retry-budget.ts';

const granted = (budget: RetryBudget, tries: number) =>
  Array.from({ length: tries }, () => budget.tryRetry()).filter(Boolean).length;
const requests = (budget: RetryBudget, count: number) => {
  for (let i = 0; i < count; i++) budget.request();
};

describe('a retry budget', () => {
  it('allows repeats for a fifth of the requests, plus the floor', () => {
    const budget = retryBudget({ floorPerSecond: 1, now: () => 0 });
    requests(budget, 100);
    expect(granted(budget, 100)).toBe(20 + 10);
  });

  it('lets a quiet client repeat at all', () => {
    const budget = retryBudget({ ratio: 0.2, floorPerSecond: 1, now: () => 0 });
    requests(budget, 1);
    expect(granted(budget, 2)).toBe(2);
  });

  it('forgets what is older than ten seconds', () => {
    let now = 0;
    const budget = retryBudget({ floorPerSecond: 0, now: () => now });
    requests(budget, 100);
    expect(granted(budget, 10)).toBe(10);
    now = 15_000;
    requests(budget, 10);
    expect(granted(budget, 100)).toBe(2);
  });
});
