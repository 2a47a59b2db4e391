import { beforeAll, describe, expect, it } from '@jest/globals';
import { Timeline, TimelineEntry } from '@shop/contracts';
import type { Client } from './support/client.ts';
import { eventsOf, type StreamedEvent } from './support/event-stream.ts';
import { orderOf, placed, untilStatus } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { shop } from './support/shop.ts';

describe('the timeline of an order', () => {
  let customer: Client;
  let productId: string;
  beforeAll(async () => {
    customer = await shop.customer();
    productId = (await aProductInStock(await shop.admin(), 20)).id;
  });

  const open = (id: string, lastEventId?: string) =>
    customer.open('/v1/orders/{id}/timeline', {
      path: { id },
      header: { Accept: 'text/event-stream', 'Last-Event-ID': lastEventId },
      signal: AbortSignal.timeout(30_000),
    });
  const stream = async (orderId: string, lastEventId?: string): Promise<StreamedEvent[]> => {
    const response = await open(orderId, lastEventId);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events: StreamedEvent[] = [];
    for await (const event of eventsOf(response)) events.push(event);
    return events;
  };
  const entriesOf = (events: StreamedEvent[]) =>
    events.map(({ data }) => TimelineEntry.parse(JSON.parse(data)));

  it('tells every step in order, in one trace', async () => {
    const order = await placed(customer, orderOf(productId));
    await untilStatus(customer, order.id, 'CONFIRMED');
    const { items } = Timeline.parse(
      (await customer.get('/v1/orders/{id}/timeline', { path: { id: order.id } })).body,
    );
    expect(items.map((entry) => entry.seq)).toEqual(items.map((_, index) => index + 1));
    const types = items.map((entry) => entry.type);
    expect(types[0]).toBe('OrderPlaced');
    for (const [earlier, later] of [
      ['ReserveStock', 'StockReserved'],
      ['StockReserved', 'AuthorisePayment'],
      ['AuthorisePayment', 'PaymentAuthorised'],
      ['PaymentAuthorised', 'CapturePayment'],
      ['CapturePayment', 'PaymentCaptured'],
      ['PaymentCaptured', 'OrderConfirmed'],
    ] as const) {
      expect([earlier, types.indexOf(earlier) < types.indexOf(later)]).toEqual([earlier, true]);
    }
    expect(new Set(items.map((entry) => entry.traceId)).size).toBe(1);
    expect(new Set(items.map((entry) => entry.service))).toEqual(
      new Set(['orders', 'inventory', 'payments']),
    );
  });

  it('can be followed live until the order has ended', async () => {
    const order = await placed(customer, orderOf(productId, { paymentToken: 'tok_slow' }));
    const events = await stream(order.id);
    const entries = entriesOf(events);
    expect(events.map(({ id }) => id)).toEqual(entries.map(({ seq }) => String(seq)));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    expect(entries.at(-1)!.type).toBe('OrderConfirmed');
  });

  it('resumes after the last event that was seen', async () => {
    const order = await placed(customer, orderOf(productId));
    await untilStatus(customer, order.id, 'CONFIRMED');
    const all = await stream(order.id);
    expect(await stream(order.id, '3')).toEqual(all.slice(3));
    // 204 tells an EventSource to stop coming back.
    expect((await open(order.id, all.at(-1)!.id!)).status).toBe(204);
  });

  it('reaches many watchers of one order alike', async () => {
    const order = await placed(customer, orderOf(productId, { paymentToken: 'tok_slow' }));
    const streams = await Promise.all(Array.from({ length: 20 }, () => stream(order.id)));
    expect(new Set(streams.map((events) => JSON.stringify(events))).size).toBe(1);
  });
});
