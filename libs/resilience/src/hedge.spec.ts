import { describe, expect, it, jest } from '@jest/globals';
import { hedge } from './hedge.ts';
import { retryBudget } from './retry-budget.ts';

const hanging = () => new Promise<string>(() => undefined);

describe('a hedge', () => {
  it('asks once when the answer comes in time', async () => {
    const work = jest.fn(() => Promise.resolve('first'));
    await expect(hedge({ afterMs: 1_000 })(work)).resolves.toBe('first');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('asks again when the first is late, takes whichever answers, and aborts the other', async () => {
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal) =>
      signals.push(signal) === 1 ? hanging() : Promise.resolve('second');
    await expect(hedge({ afterMs: 1 })(work)).resolves.toBe('second');
    expect(signals[0]?.aborted).toBe(true);
  });

  it('passes an early failure on', async () => {
    const work = jest.fn(() => Promise.reject(new Error('own')));
    await expect(hedge({ afterMs: 1_000 })(work)).rejects.toThrow('own');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not ask again when the budget is spent', async () => {
    const work = jest.fn(() => new Promise((resolve) => setTimeout(resolve, 10, 'late')));
    const budget = retryBudget({ ratio: 0, floorPerSecond: 0 });
    await expect(hedge({ afterMs: 1, budget })(work)).resolves.toBe('late');
    expect(work).toHaveBeenCalledTimes(1);
  });
});
