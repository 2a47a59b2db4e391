import { describe, expect, it } from '@jest/globals';
import type { OrderEvidence } from '../evidence/order-evidence.ts';
import { aCharge, aConfirmedOrder, entries, sent } from './an-order.fixture.ts';
import { orderChecks } from './index.ts';
import { strayLetters } from './letters.ts';
import { stockAddsUp } from './stock.ts';
import { judgeOrders } from './verdict.ts';

const good = aConfirmedOrder();
const order = good.order!;
const accepted = good.accepted!;
const refund = { kind: 'refund', account: 'psp', amount: -1999 };

/** By promise: what breaks it, and what is then said. */
const broken: [promise: string, given: Partial<OrderEvidence>, said: string][] = [
  ['every accepted order exists and has ended', { order: undefined }, 'is not in the database'],
  ['every accepted order exists and has ended', { order: { ...order, status: 'PENDING' } }, 'is PENDING'],
  [
    'every accepted order exists and has ended',
    { saga: { state: 'REFUNDING', seq: 10 } },
    'its saga is REFUNDING',
  ],
  ['no idempotency key made two orders', { keys: [] }, 'answer to 0 keys'],
  ['no idempotency key made two orders', { keys: ['place-2'] }, 'stored under place-2'],
  [
    'accepted cancellations and refunds hold',
    { accepted: { ...accepted, cancelled: true } },
    'was cancelled',
  ],
  [
    'accepted cancellations and refunds hold',
    { accepted: { ...accepted, refunded: true } },
    'was given back',
  ],
  ['charged at the provider = confirmed − refunded', { charges: [] }, 'but 0 is charged'],
  ['charged at the provider = confirmed − refunded', { charges: [aCharge('captured', 1998)] }, 'but 1998'],
  [
    'charged at the provider = confirmed − refunded',
    { order: { ...order, status: 'REJECTED' } },
    'should cost 0',
  ],
  ['nothing is charged twice', { charges: [aCharge('refunded'), aCharge()] }, 'was charged 2 times'],
  ['refunds give back all', { order: { ...order, status: 'REFUNDED' } }, 'gave back 0'],
  ['no money is left held', { charges: [aCharge('authorised')] }, 'money held'],
  ['captured in the ledger = charged at the provider', { ledger: [] }, '0 captured'],
  ['captured in the ledger = charged at the provider', { ledger: [...good.ledger, refund] }, '1999 refunded'],
  ['the ledger sums to zero', { ledger: good.ledger.slice(1) }, 'sum to -1999'],
  ['every payment has come to rest', { payments: [{ state: 'CAPTURING', amount: 1999 }] }, 'still CAPTURING'],
  ['every payment has come to rest', { payments: [...good.payments, ...good.payments] }, '2 payments'],
  ['committed stock = confirmed orders', { reservation: undefined }, 'stock is not there'],
  ['committed stock = confirmed orders', { reservation: { state: 'COMMITTED', lines: [] } }, 'but took'],
  [
    'committed stock = confirmed orders',
    { order: { ...order, status: 'CANCELLED' } },
    'its stock is COMMITTED',
  ],
  [
    'messages of an order are in order',
    { messages: sent('CommitStock', 'ReserveStock') },
    'CommitStock came before',
  ],
  [
    'the timeline is in order',
    { timeline: entries(['orders', 'CapturePayment'], ['payments', 'PaymentAuthorised']) },
    'CapturePayment came before',
  ],
  [
    'every message took effect once',
    { messages: good.messages.slice(1) },
    '0 different ReserveStock in the topics, 1',
  ],
  [
    'every message took effect once',
    { messages: [...good.messages, { type: 'StockReserved', id: 99 }] },
    '2 different StockReserved',
  ],
  [
    'every timeline is whole',
    { timeline: good.timeline.toSpliced(4, 1) },
    'entry 5 of its timeline is missing',
  ],
  ['every timeline is whole', { timeline: entries(['orders', 'ReserveStock']) }, 'begins with ReserveStock'],
  ['every timeline is whole', { saga: { state: 'CONFIRMED', seq: 11 } }, 'its saga counts 11'],
  ['every timeline is whole', { order: { ...order, status: 'REJECTED' } }, 'but announced OrderConfirmed'],
  ['every timeline is whole', movedOn(), 'moved to REJECTED after OrderConfirmed'],
  [
    'no state is entered twice',
    { timeline: entries(['a', 'X', 'CONFIRMED'], ['a', 'Y', 'CONFIRMED']) },
    'entered CONFIRMED twice',
  ],
];

function movedOn(): Partial<OrderEvidence> {
  const late = { seq: 11, service: 'orders', type: 'DeadlinePassed', state: 'REJECTED' };
  return { timeline: [...good.timeline, late], saga: { state: 'CONFIRMED', seq: 11 } };
}

describe('the checks of an order', () => {
  const check = (promise: string) => orderChecks.find(([name]) => name === promise)![1];

  it('find nothing wrong with a good one', () => {
    expect(orderChecks.map(([, judge]) => judge(good)).filter(Boolean)).toEqual([]);
  });

  it('do not mind messages that are there twice', () => {
    const twice = aConfirmedOrder({ messages: [...good.messages, ...good.messages] });
    expect(orderChecks.map(([, judge]) => judge(twice)).filter(Boolean)).toEqual([]);
  });

  it.each(broken)('%s: not with %j', (promise, given, said) => {
    expect(check(promise)(aConfirmedOrder(given))).toContain(said);
  });

  it('have each been seen to fail', () => {
    expect(new Set(broken.map(([promise]) => promise))).toEqual(
      new Set(orderChecks.map(([promise]) => promise)),
    );
  });

  it('are counted, and name the order', async () => {
    const orders = async function* () {
      yield good;
      yield aConfirmedOrder({ id: 'order-2', order: undefined });
    };
    const { verdicts, outcomes } = await judgeOrders(orders());
    expect(outcomes).toEqual({ CONFIRMED: 1, LOST: 1 });
    expect(verdicts[0]).toMatchObject({ checked: 2, broken: 1, violations: [{ about: 'order-2' }] });
  });
});

describe('stock', () => {
  const level = { productId: 'mug', onHand: 7, reserved: 0, committed: 3, adjusted: 10, added: 10 };

  it.each([
    [{}, undefined],
    [{ onHand: 8 }, '8 on hand and 3 sold do not make 10'],
    [{ reserved: 1 }, '1 units are still reserved'],
    [{ committed: 11, onHand: -1 }, 'of 10 units 11 were sold'],
    [{ adjusted: 20 }, '10 units were put there, 20 were counted'],
  ])('with %j: %s', (given, said) => {
    expect(stockAddsUp({ ...level, ...given })).toBe(said);
  });
});

describe('dead letters', () => {
  const letter = (messageId: string) => ({
    messageId,
    reason: 'message/invalid',
    group: 'orders',
    type: 'T',
  });

  it('are exactly the poisoned messages', () => {
    expect(strayLetters(new Set(['a']), [letter('a')])).toEqual([]);
    expect(strayLetters(new Set(['a']), [letter('b')]).map(({ about }) => about)).toEqual(['b', 'a']);
  });
});
