import { describe, expect, it } from '@jest/globals';
import type { Series } from '../store/metric-store.ts';
import { bucketIncrease, increase, latest, levels, rates } from './counters.ts';

const series = (points: Series['points'], whole = true): Series => ({
  ...{ service: 'orders', instance: '', name: 'n', unit: '', attributes: {} },
  ...{ points, whole },
});
const counted = (...values: [at: number, value: number][]) => values.map(([at, value]) => ({ at, value }));

describe('a counter', () => {
  it('grew by what came after a time', () => {
    const counter = series(counted([1, 5], [2, 7], [3, 12]));
    expect(increase(counter, 0, 9)).toBe(12);
    expect(increase(counter, 1, 9)).toBe(7);
    expect(increase(counter, 1, 2)).toBe(2);
  });

  it('says nothing about what was counted before its first value that is still there', () => {
    expect(increase(series(counted([1, 5], [2, 7]), false), 0, 9)).toBe(2);
  });

  it('began anew when it is smaller than before', () => {
    expect(increase(series(counted([1, 5], [2, 2], [3, 4])), 1, 9)).toBe(4);
  });

  it('has a rate in each piece of five minutes', () => {
    const now = 1_000_000;
    const each = rates([series(counted([now - 400_000, 0], [now - 7_000, 10], [now, 20]))], now);
    expect(each).toHaveLength(60);
    expect(each.slice(-3)).toEqual([0, 2, 2]);
  });
});

describe('a histogram', () => {
  it('grew bucket by bucket, in all series together', () => {
    const point = (at: number, counts: number[]) => ({ at, value: 0, histogram: { bounds: [1, 2], counts } });
    const one = series([point(1, [1, 0, 0]), point(2, [3, 1, 0])]);
    const restarted = series([point(1, [9, 9, 9]), point(2, [1, 0, 2])]);
    expect(bucketIncrease([one, restarted], 1)).toEqual({ bounds: [1, 2], counts: [3, 1, 2] });
    expect(bucketIncrease([one], 0)).toEqual({ bounds: [1, 2], counts: [3, 1, 0] });
    expect(bucketIncrease([], 0)).toEqual({ bounds: [], counts: [0] });
  });
});

describe('a gauge', () => {
  const now = 1_000_000;

  it('has a value as long as it is heard of', () => {
    const gauge = series(counted([now - 14_000, 3]));
    expect(latest(gauge, now)).toBe(3);
    expect(latest(gauge, now + 2_000)).toBeUndefined();
  });

  it('leaves a gap where nothing was heard', () => {
    const each = levels([series(counted([now - 100_000, 1], [now, 4])), series(counted([now, 2]))], now);
    expect(each.at(-1)).toBe(6);
    expect(each.at(-2)).toBeNull();
    expect(each.at(-20)).toBe(1);
  });
});
