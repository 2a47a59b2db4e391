import { describe, expect, it } from '@jest/globals';
import { quantiles } from '../measure/quantiles.ts';
import { openLoop } from './open-loop.ts';

describe('the open-loop load generator', () => {
  it('keeps its rate while every call is slow', async () => {
    const intended: number[] = [];
    const began = performance.now();
    await openLoop(100, 0.3, async (at) => {
      intended.push(at - began);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(intended).toHaveLength(30);
    expect(intended.at(-1)).toBeLessThan(350);
  });

  it('reports quantiles of what it measured', () => {
    const latencies = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(quantiles(latencies)).toEqual({ p50: 51, p99: 100, max: 100 });
  });
});
