import { describe, expect, it } from '@jest/globals';
import { bucketQuantile, quantile } from './quantiles.ts';

describe('a quantile', () => {
  it('of values is one of them', () => {
    expect(quantile([30, 10, 20], 0.5)).toBe(20);
    expect(quantile([30, 10, 20, 40], 0.5)).toBe(20);
    expect(quantile([30, 10, 20], 1)).toBe(30);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('of buckets lies inside the one that it falls into', () => {
    expect(bucketQuantile([1, 2], [10, 10, 0], 0.5)).toBe(1);
    expect(bucketQuantile([1, 2], [10, 10, 0], 0.75)).toBe(1.5);
    expect(bucketQuantile([1, 2], [0, 0, 5], 0.5)).toBe(2);
    expect(bucketQuantile([1, 2], [0, 0, 0], 0.5)).toBeNull();
    expect(bucketQuantile([], [], 0.5)).toBeNull();
  });
});
