import { describe, expect, it } from '@jest/globals';
import { entriesOf } from './ledger.ts';
import type { State } from './moves.ts';

const in_ = (
  state: State,
  amount: { amount: number; currency: string } | null = { amount: 1999, currency: 'EUR' },
) =>
  entriesOf({
    id: 'p',
    orderId: 'o',
    provider: 'sandbox',
    state,
    amount,
    token: 't',
    pspId: null,
    refusal: null,
  });
const sum = (entries: { amount: number }[]) => entries.reduce((total, { amount }) => total + amount, 0);

describe('the ledger', () => {
  it('books a capture against the sale', () => {
    expect(in_('CAPTURED')).toEqual([
      { paymentId: 'p', kind: 'capture', account: 'psp', amount: 1999, currency: 'EUR' },
      { paymentId: 'p', kind: 'capture', account: 'sales', amount: -1999, currency: 'EUR' },
    ]);
  });

  it('books a refund with its capture, and ends with nothing on either account', () => {
    const entries = in_('REFUNDED');
    expect(entries.map(({ kind }) => kind)).toEqual(['capture', 'capture', 'refund', 'refund']);
    for (const account of ['psp', 'sales'])
      expect(sum(entries.filter((entry) => entry.account === account))).toBe(0);
  });

  it.each<State>(['AUTHORISING', 'AUTHORISED', 'DECLINED', 'CAPTURING', 'CANCELLING', 'VOIDED', 'REFUNDING'])(
    'books nothing for a payment that is %s: no money moved with that step',
    (state) => {
      expect(in_(state)).toEqual([]);
    },
  );

  it('always sums to zero', () => {
    expect(sum(in_('CAPTURED'))).toBe(0);
    expect(sum(in_('REFUNDED'))).toBe(0);
  });

  it('books nothing for a tombstone', () => {
    expect(in_('REFUNDED', null)).toEqual([]);
  });
});
