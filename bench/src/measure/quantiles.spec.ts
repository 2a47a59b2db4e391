import { describe, expect, it } from '@jest/globals';
import { quantiles } from './quantiles.ts';

describe('quantiles', () => {
  it('are those of what was measured, in whatever order', () => {
    const latencies = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantiles(latencies)).toEqual({ p50: 51, p99: 100, max: 100 });
    expect(quantiles([9, 10, 100])).toEqual({ p50: 10, p99: 100, max: 100 });
  });

  it('of nothing are not a number, so that they cannot pass for quick', () => {
    expect(quantiles([])).toEqual({ p50: Number.NaN, p99: Number.NaN, max: Number.NaN });
  });
});
