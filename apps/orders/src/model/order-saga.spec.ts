import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { OrderSaga } from './order-saga.ts';
import type { State } from './vocabulary.ts';

const order = {
  id: newId(),
  customerId: 'alice',
  lines: [],
  total: { amount: 1, currency: 'EUR' },
  paymentToken: 'tok_ok',
};
const from = (service: string) => ({ service, detail: { given: true }, traceId: 'abc' });
const inState = (state: State) => new OrderSaga(order, state, 7);
const typesOf = (saga: OrderSaga) => saga.entries.map(({ service, type }) => `${service} ${type}`);

describe('the saga of one order', () => {
  it('begins with its placing and its first command', () => {
    const saga = OrderSaga.begin(order, 'abc');
    expect(typesOf(saga)).toEqual(['orders OrderPlaced', 'orders ReserveStock']);
    expect(saga).toMatchObject({ state: 'RESERVING', seq: 2 });
  });

  it('notes who said what, what it did about it, and in which trace, without a gap in the numbers', () => {
    const saga = inState('AUTHORISING');
    saga.receive({ type: 'PaymentAuthorised' }, from('payments'));
    saga.receive({ type: 'StockCommitted' }, from('inventory'));
    saga.receive({ type: 'PaymentCaptured' }, from('payments'));
    expect(typesOf(saga)).toEqual([
      'payments PaymentAuthorised',
      'orders CapturePayment',
      'orders CommitStock',
      'inventory StockCommitted',
      'payments PaymentCaptured',
      'orders OrderConfirmed',
    ]);
    expect(saga.entries.map(({ seq }) => seq)).toEqual([8, 9, 10, 11, 12, 13]);
    expect(saga.entries[0]?.detail).toEqual({ given: true, from: 'AUTHORISING', state: 'COMPLETING' });
    expect(saga.entries.every(({ traceId }) => traceId === 'abc')).toBe(true);
    expect(saga.left).toEqual(['AUTHORISING', 'COMPLETING', 'AWAITING_CAPTURE']);
  });

  it('names the steps that a compensation takes back', () => {
    const saga = inState('COMPLETING');
    const { commands, announcement } = saga.receive({ type: 'DeadlinePassed' }, from('orders'));
    expect(commands).toEqual(['ReleaseStock', 'CancelPayment']);
    expect(announcement).toBe('OrderRejected');
    expect(saga.entries.map(({ detail }) => detail['undoes'])).toEqual([
      undefined,
      ['CommitStock'],
      ['CapturePayment'],
      undefined,
    ]);
    expect(saga.reason?.code).toBe('order/timed-out');
  });

  it('compensates a late answer without announcing its end again, and keeps its time limit as it is', () => {
    const saga = inState('REJECTED');
    expect(saga.receive({ type: 'StockReserved' }, from('inventory'))).toEqual({
      outcome: 'accepted',
      commands: ['ReleaseStock'],
      announcement: undefined,
    });
    expect(saga.entered).toBe(false);
  });

  it('repeats a refund that nobody answered, and says so', () => {
    const saga = inState('REFUNDING');
    expect(saga.receive({ type: 'DeadlinePassed' }, from('orders')).commands).toEqual(['RefundPayment']);
    expect(saga.entered).toBe(true);
    expect(saga.entries.at(-1)?.detail).toEqual({ retry: true });
  });

  it('notes an answer that changes nothing', () => {
    const saga = inState('CONFIRMED');
    expect(saga.receive({ type: 'PaymentCaptured' }, from('payments')).outcome).toBe('ignored');
    expect(typesOf(saga)).toEqual(['payments PaymentCaptured']);
  });

  it('leaves no trace of a request that it refuses', () => {
    const saga = inState('CONFIRMED');
    expect(saga.receive({ type: 'CancelRequested' }, from('orders')).outcome).toBe('refused');
    expect(saga.entries).toEqual([]);
  });
});
