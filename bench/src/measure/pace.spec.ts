import { describe, expect, it } from '@jest/globals';
import { pace } from './pace.ts';

describe('a pace', () => {
  it('counts neither the slow start nor the slow end', () => {
    const samples = [
      { at: 0, count: 0 },
      { at: 1_000, count: 100 },
      { at: 1_500, count: 500 },
      { at: 2_000, count: 900 },
      { at: 9_000, count: 1_000 },
    ];
    expect(pace(samples, 1_000)).toBe(800);
  });
});
