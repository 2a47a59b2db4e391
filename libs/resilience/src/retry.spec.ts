import { describe, expect, it, jest } from '@jest/globals';
import { Deadline, withDeadline } from './deadline.ts';
import { retryBudget } from './retry-budget.ts';
import { fullJitter, retry } from './retry.ts';

const failing = (times: number) => {
  let left = times;
  return jest.fn(() => (left-- > 0 ? Promise.reject(new Error(`failure ${left}`)) : Promise.resolve('done')));
};
const quick = { baseMs: 1, maxMs: 2 };

describe('a retry', () => {
  it('repeats work until it succeeds', async () => {
    const work = failing(2);
    await expect(retry(quick)(work)).resolves.toBe('done');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('never makes more than three attempts, whatever is asked for', async () => {
    const work = failing(9);
    await expect(retry({ ...quick, attempts: 9 })(work)).rejects.toThrow('failure 6');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('leaves errors alone that a repeat cannot cure', async () => {
    const work = failing(1);
    await expect(retry({ ...quick, retryable: () => false })(work)).rejects.toThrow();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('stops when the budget is spent', async () => {
    const budget = retryBudget({ ratio: 0, floorPerSecond: 0.1, now: () => 0 });
    const work = failing(9);
    await expect(retry({ ...quick, budget })(work)).rejects.toThrow();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('waits as long as the upstream asks', async () => {
    const startedAt = performance.now();
    await retry({ ...quick, maxMs: 1_000, retryAfterMs: () => 30 })(failing(1));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  });

  it('gives up when the upstream asks for more than maxMs', async () => {
    const work = failing(1);
    await expect(retry({ ...quick, retryAfterMs: () => 60_000 })(work)).rejects.toThrow();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gives up when the pause would pass the deadline', async () => {
    const work = failing(1);
    const patient = retry({ baseMs: 50, maxMs: 50, random: () => 1 });
    await expect(withDeadline(Deadline.in(20), () => patient(work))).rejects.toThrow();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('ends the pause when the caller gives up', async () => {
    const caller = new AbortController();
    const work = retry({ baseMs: 60_000, maxMs: 60_000, random: () => 1 })(failing(1), caller.signal);
    setImmediate(() => caller.abort(new Error('gone')));
    await expect(work).rejects.toThrow('gone');
  });
});

describe('full jitter', () => {
  it('spreads a pause over everything up to the doubled base', () => {
    expect([1, 2, 3].map((attempt) => fullJitter(attempt, 50, 1_000, () => 1))).toEqual([50, 100, 200]);
    expect(fullJitter(3, 50, 1_000, () => 0)).toBe(0);
  });

  it('has a ceiling', () => {
    expect(fullJitter(60, 50, 1_000, () => 1)).toBe(1_000);
  });
});
