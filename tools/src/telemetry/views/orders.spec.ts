import { describe, expect, it } from '@jest/globals';
import { anOrdersTrace, aSpan, traceIdOf, tracesOf } from '../span.fixture.ts';
import { ordersOf, totalsOf } from './orders.ts';

const whole = anOrdersTrace({ at: 1_000 });
const orderId = '01a214a7-5fa6-72b8-ba56-ab020857087f';

describe('orders', () => {
  it('are told by the trace that placed them', () => {
    expect(ordersOf(tracesOf(...whole))).toEqual([
      {
        ...{ orderId, traceId: traceIdOf(1), placedAt: 1_020, status: 'CONFIRMED' },
        ...{ durationMs: 110, spans: whole.length, services: 6 },
      },
    ]);
  });

  it('are pending until an event ends them', () => {
    expect(ordersOf(tracesOf(...whole.slice(0, 5)))).toMatchObject([{ orderId, status: 'PENDING' }]);
  });

  it('are known before the broker has their first message', () => {
    const attributes = {
      'db.system.name': 'postgresql',
      'db.query.text': 'INSERT INTO outbox (lane) SELECT 1',
    };
    const stored = aSpan({ service: 'orders', kind: 'client', attributes });
    expect(ordersOf(tracesOf(...whole.slice(0, 3), stored))).toMatchObject([{ status: 'PENDING' }]);
  });

  it('are not placed again by a repeated request', () => {
    expect(ordersOf(tracesOf(...whole.slice(0, 3)))).toEqual([]);
  });

  it('follow what happens to them in another trace', () => {
    const attributes = {
      'cloudevents.event_type': 'shop.orders.order-refunded.v1',
      'messaging.kafka.message.key': orderId,
    };
    const refund = aSpan({ traceId: traceIdOf(2), kind: 'consumer', startMs: 5_000, attributes });
    const [order] = ordersOf(tracesOf(refund, ...whole));
    expect(order).toMatchObject({ status: 'REFUNDED', durationMs: 110 });
  });

  it('come latest first, and are counted', () => {
    const later = anOrdersTrace({ traceId: traceIdOf(3), orderId: 'another', at: 2_000 });
    const orders = ordersOf(tracesOf(...whole, ...later));
    expect(orders.map((order) => order.orderId)).toEqual(['another', orderId]);
    expect(totalsOf(orders, 1_500)).toEqual({ placed: 1, confirmed: 1, p50Ms: 110, p95Ms: 110 });
  });
});
