import { describe, expect, it } from '@jest/globals';
import { minorUnits } from './minor-units.ts';

describe('a decimal price', () => {
  it.each([
    ['19.99', 'EUR', 1999],
    ['19.9', 'EUR', 1990],
    ['20', 'EUR', 2000],
    ['0', 'EUR', 0],
    ['1.005', 'KWD', 1005],
    ['1500', 'JPY', 1500],
    ['4.35', 'EUR', 435],
    ['999999999999.99', 'EUR', 99_999_999_999_999],
  ])('of %s %s is %i minor units', (price, currency, amount) => {
    expect(minorUnits(price, currency)).toBe(amount);
  });

  it.each(['', ' ', '1,5', '1.', '.5', '1e3', '+1', '0x10', '1.23456', '1 000'])('cannot be %j', (price) => {
    expect(minorUnits(price, 'EUR')).toBe('must look like 19.99');
  });

  it('cannot be finer than its currency', () => {
    expect(minorUnits('1500.5', 'JPY')).toBe('has more decimals than JPY (0)');
  });
});
