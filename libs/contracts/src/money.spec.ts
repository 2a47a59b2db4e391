import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Money, sum, times } from './money.ts';

const eur = (amount: number): Money => ({ amount, currency: 'EUR' });

describe('money', () => {
  it('adds amounts of one currency, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (amounts) => {
        const total = amounts.reduce((a, b) => a + b);
        expect(sum(amounts.map(eur))).toEqual(eur(total));
        expect(sum(amounts.toReversed().map(eur))).toEqual(eur(total));
      }),
    );
  });

  it('multiplies a unit price by a quantity', () => {
    expect(times(eur(1999), 3)).toEqual(eur(5997));
  });

  it('refuses to add two currencies', () => {
    expect(() => sum([eur(1), { amount: 1, currency: 'USD' }])).toThrow('cannot add USD to EUR');
  });

  it('refuses a sum that a double cannot hold exactly', () => {
    expect(() => times(eur(Number.MAX_SAFE_INTEGER), 2)).toThrow(RangeError);
  });

  it.each([
    { amount: 1.5 },
    { amount: -1 },
    { amount: '1' },
    { currency: 'eur' },
    { currency: 'EURO' },
    { cents: 1 },
  ])('refuses %j', (fault) => {
    expect(Money.safeParse({ ...eur(100), ...fault }).success).toBe(false);
  });
});
