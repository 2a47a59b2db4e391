import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TimelineEntry } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { aReply } from '../testing/deliveries.fixture.ts';
import { EventStream } from '../testing/event-stream.fixture.ts';
import { anOrderIn } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

describe('GET /v1/orders/:id/timeline', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start({ TIMELINE_HEARTBEAT_MS: '100', TIMELINE_STREAMS: '3' });
  });
  afterAll(() => orders.stop());

  const watch = async (id: string, lastSeen?: number, on = orders) => {
    const headers = {
      accept: 'text/event-stream',
      ...(lastSeen !== undefined && { 'last-event-id': String(lastSeen) }),
    };
    return new EventStream(await on.raw(`/v1/orders/${id}/timeline`, { headers }));
  };
  const count = (stream: EventStream, n: number) => eventually(() => expect(stream.events).toHaveLength(n));

  it('tells the whole story of an order, numbered without gaps', async () => {
    const { id } = await anOrderIn('AUTHORISING', orders);
    await orders.hear(aReply('PaymentAttemptFailed', id), aReply('PaymentAuthorised', id));
    await orders.hear(aReply('PaymentCaptured', id), aReply('StockCommitted', id));
    const story = await orders.timeline(id);
    expect(story.map(({ service, type }) => `${service} ${type}`)).toEqual([
      'orders OrderPlaced',
      'orders ReserveStock',
      'inventory StockReserved',
      'orders AuthorisePayment',
      'payments PaymentAttemptFailed',
      'payments PaymentAuthorised',
      'orders CapturePayment',
      'orders CommitStock',
      'payments PaymentCaptured',
      'inventory StockCommitted',
      'orders OrderConfirmed',
    ]);
    expect(story.map(({ seq }) => seq)).toEqual(story.map((_, index) => index + 1));
    for (const entry of story) {
      expect(TimelineEntry.parse(entry).traceId).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(story[4]?.detail).toEqual({ step: 'authorise', attempt: 1, reason: 'timeout', retryInMs: 120 });
    expect(story.map(({ at }) => at)).toEqual(story.map(({ at }) => at).toSorted());
  });

  it('streams what has happened, then what happens, and ends with the order', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    const stream = await watch(id);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    await count(stream, 2);
    await orders.hear(aReply('StockReserved', id));
    await count(stream, 4);
    expect(stream.open).toBe(true);
    await orders.hear(
      aReply('PaymentAuthorised', id),
      aReply('PaymentCaptured', id),
      aReply('StockCommitted', id),
    );
    await stream.ended;
    expect(stream.events.map(({ entry }) => entry)).toEqual(await orders.timeline(id));
    expect(stream.events.map((event) => event.id)).toEqual(stream.events.map(({ entry }) => entry.seq));
  });

  it('resumes after the last event that the client saw', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    const stream = await watch(id, 8);
    await stream.ended;
    expect(stream.types).toEqual(['StockCommitted', 'OrderConfirmed'].slice(-stream.events.length));
    expect(stream.events[0]?.id).toBe(9);
  });

  it('tells a client that has seen the end to stop reconnecting', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    const last = (await orders.timeline(id)).length;
    expect(
      (
        await orders.raw(`/v1/orders/${id}/timeline`, {
          headers: { accept: 'text/event-stream', 'last-event-id': `${last}` },
        })
      ).status,
    ).toBe(204);
  });

  it('hears of changes that another replica made', async () => {
    await using other = await orders.replica({ TIMELINE_HEARTBEAT_MS: '3600000' });
    const { id } = await anOrderIn('RESERVING', orders);
    const stream = await watch(id, undefined, other);
    await count(stream, 2);
    await orders.hear(aReply('StockRejected', id));
    await stream.ended;
    expect(stream.types.slice(2)).toEqual(['StockRejected', 'OrderRejected']);
  });

  it('shows that it is alive while nothing happens', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    const stream = await watch(id);
    await eventually(() => expect(stream.comments.length).toBeGreaterThan(1));
    expect(stream.events).toHaveLength(2);
    await orders.hear(aReply('StockRejected', id));
    await stream.ended;
  });

  it('follows a refund to its end', async () => {
    const { id } = await anOrderIn('REFUNDING', orders);
    const stream = await watch(id);
    await orders.hear(aReply('PaymentRefunded', id));
    await stream.ended;
    expect(stream.types.at(-1)).toBe('OrderRefunded');
  });

  it('refuses more streams than it can keep, and takes new ones when clients have gone', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    const gone = new AbortController();
    const ask = { headers: { accept: 'text/event-stream' }, signal: gone.signal };
    const path = `/v1/orders/${id}/timeline`;
    for (let n = 0; n < 3; n++) expect((await orders.raw(path, ask)).status).toBe(200);
    expect(await orders.ask(path, { headers: ask.headers })).toMatchObject({
      status: 503,
      body: { code: 'order/too-many-streams' },
    });
    gone.abort();
    const stream = await eventually(async () => {
      const next = await watch(id);
      expect(next.response.status).toBe(200);
      return next;
    });
    await orders.hear(aReply('StockRejected', id));
    await stream.ended;
  });

  it('ends its streams when the service stops', async () => {
    const other = await orders.replica();
    const { id } = await anOrderIn('RESERVING', orders);
    const stream = await watch(id, undefined, other);
    await count(stream, 2);
    const started = performance.now();
    await other.stop();
    await stream.ended;
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
