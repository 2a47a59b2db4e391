import { describe, expect, it } from '@jest/globals';
import { linear, logarithmic, short } from './scale.ts';

describe('a scale', () => {
  it('begins at 0 and has round ticks beyond the largest value', () => {
    const { ticks, at } = linear([3, 87]);
    expect(ticks).toEqual([0, 20, 40, 60, 80, 100]);
    expect(at(50)).toBe(0.5);
  });

  it('survives values that are all 0 or missing', () => {
    expect(linear([0, Number.NaN]).ticks.at(-1)).toBeGreaterThan(0);
  });

  it('has powers of ten when it is logarithmic', () => {
    const { ticks, at } = logarithmic([1_000, 250_000]);
    expect(ticks).toEqual([1_000, 10_000, 100_000, 1_000_000]);
    expect(at(1_000_000)).toBe(1);
  });

  it('writes figures short', () => {
    expect([0.25, 950, 1_500, 2_000_000].map(short)).toEqual(['0.25', '950', '1.5k', '2M']);
  });
});
