import { describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { anOrder, euros } from '@shop/testing';
import type { Payment } from './book.ts';
import { faultsOf, type Scenario, scenarios } from './scenarios.ts';

const called = (title: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.title === title);
  if (!found) throw new Error(`there is no scenario "${title}"`);
  return found;
};
const payment = (state: Payment['state'], amount = 1999): Payment => ({
  reference: 'x',
  state,
  amount: euros(amount),
});
const ended = (status: Order['status'], code?: string) =>
  anOrder({ status, reason: code ? { code, message: '' } : null });

describe('the verdict on a scenario', () => {
  const works = called('a card that works');

  it('finds nothing wrong with an order that is confirmed and captured once', () => {
    expect(faultsOf(works, ended('CONFIRMED'), [payment('captured')])).toEqual([]);
  });

  it.each([
    ['another status', ended('REJECTED'), [payment('captured')]],
    ['a reason that should not be there', ended('CONFIRMED', 'stock/insufficient'), [payment('captured')]],
    ['a second charge', ended('CONFIRMED'), [payment('captured'), payment('captured')]],
    ['no charge', ended('CONFIRMED'), []],
    ['money held but not taken', ended('CONFIRMED'), [payment('authorised')]],
    ['another amount', ended('CONFIRMED'), [payment('captured', 1)]],
  ])('finds %s', (_, order, payments) => {
    expect(faultsOf(works, order, payments)).not.toEqual([]);
  });

  it('finds money kept for an order that was cancelled', () => {
    const cancelled = called('cancelled while the bank thinks');
    const order = ended('CANCELLED', 'order/cancelled-by-customer');
    expect(faultsOf(cancelled, order, [payment('voided')])).toEqual([]);
    expect(faultsOf(cancelled, order, [payment('authorised')])).toHaveLength(1);
  });

  it('finds a refund that the provider knows nothing of', () => {
    const refunded = called('confirmed, then given back');
    expect(faultsOf(refunded, ended('REFUNDED'), [payment('refunded')])).toEqual([]);
    expect(faultsOf(refunded, ended('REFUNDED'), [payment('captured')])).not.toEqual([]);
  });

  it('covers each final state', () => {
    expect(new Set(scenarios.map(({ ends }) => ends.status))).toEqual(
      new Set(['CONFIRMED', 'REJECTED', 'CANCELLED', 'REFUNDED']),
    );
  });
});
