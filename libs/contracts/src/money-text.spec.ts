import { describe, expect, it } from '@jest/globals';
import { moneyText } from './money-text.ts';

describe('an amount as customers read it', () => {
  it.each([
    [1999, 'EUR', 'EUR 19.99'],
    [5, 'EUR', 'EUR 0.05'],
    [123_456_789, 'USD', 'USD 1,234,567.89'],
    [1999, 'JPY', 'JPY 1,999'],
    [1999, 'KWD', 'KWD 1.999'],
  ])('writes %d minor units of %s as %s', (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toBe(text);
  });
});
