import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { adjusted } from './adjusted.ts';

const level = { productId: newId(), onHand: 5, reserved: 3 };

describe('adjusting stock by hand', () => {
  it.each([
    [4, 9],
    [-1, 4],
    [-2, 3],
  ])('by %i leaves %i on hand', (delta, onHand) => {
    expect(adjusted(level, delta)).toEqual({ ...level, onHand });
  });

  it('refuses to take what is reserved', () => {
    expect(() => adjusted(level, -3)).toThrow(expect.objectContaining({ code: 'stock/below-reserved' }));
  });

  it('refuses more than can be counted', () => {
    expect(() => adjusted(level, 1_000_000_000)).toThrow(
      expect.objectContaining({ code: 'stock/above-limit' }),
    );
  });
});
