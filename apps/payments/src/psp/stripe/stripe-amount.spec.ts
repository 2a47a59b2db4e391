import { describe, expect, it } from '@jest/globals';
import { stripeAmount } from './stripe-amount.ts';

describe('an amount for Stripe', () => {
  it.each([
    ['EUR', 1999, 1999],
    ['USD', 0, 0],
    // No minor unit: 500 yen are 500.
    ['JPY', 500, 500],
    ['KRW', 12_000, 12_000],
    ['VND', 250_000, 250_000],
    ['HUF', 10_000, 10_000],
    // ISO counts no decimals, Stripe two.
    ['ISK', 5, 500],
    ['UGX', 5, 500],
    // ISO counts two, Stripe none.
    ['MGA', 500, 5],
    // Three decimals, of which the last must be zero.
    ['KWD', 1_230, 1_230],
  ])('of %s %i is %i', (currency, amount, expected) => {
    expect(stripeAmount({ currency, amount })).toBe(expected);
  });

  it.each([
    ['MGA', 550],
    ['KWD', 1_234],
    ['TND', 5],
    ['ISK', Number.MAX_SAFE_INTEGER],
  ])('of %s %i cannot be said, and is not rounded', (currency, amount) => {
    expect(stripeAmount({ currency, amount })).toBeUndefined();
  });
});
