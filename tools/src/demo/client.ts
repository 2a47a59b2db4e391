import { randomUUID } from 'node:crypto';
import type { NewProduct, Order, PlaceOrder, TimelineEntry } from '@shop/contracts';
import { type Answer, Gateway } from '../gateway/client.ts';
import { serverSentEvents } from './server-sent-events.ts';

/** What one person does with the public API. */
export class ShopClient {
  readonly #gateway: Gateway;

  constructor(gatewayUrl: string, token: string) {
    this.#gateway = new Gateway(gatewayUrl, token);
  }

  createProduct = (product: NewProduct) =>
    good(this.#gateway.post('/v1/admin/products', { body: product, ...patience() }));
  adjustStock = (productId: string, delta: number) =>
    good(
      this.#gateway.post('/v1/admin/stock/{productId}/adjustments', {
        path: { productId },
        body: { delta, reason: 'demo' },
        ...once(),
      }),
    );
  refund = (id: string) =>
    good(this.#gateway.post('/v1/admin/orders/{id}/refund', { path: { id }, ...once() }));
  cancel = (id: string) => good(this.#gateway.post('/v1/orders/{id}/cancel', { path: { id }, ...once() }));
  product = (id: string) => good(this.#gateway.get('/v1/products/{id}', { path: { id }, ...patience() }));
  order = (id: string) => good(this.#gateway.get('/v1/orders/{id}', { path: { id }, ...patience() }));
  timelineSoFar = (id: string) =>
    good(this.#gateway.get('/v1/orders/{id}/timeline', { path: { id }, ...patience() }));

  /** Places an order, and tells the trace that its life belongs to. */
  async placeOrder(order: PlaceOrder): Promise<{ order: Order; traceId: string }> {
    const answer = await this.#gateway.post('/v1/orders', { body: order, ...once() });
    return { order: bodyOf(answer), traceId: answer.headers.get('x-trace-id') ?? '' };
  }

  /** Follows an order live, from after the entry `seq` until it is settled. A stream that breaks off is taken up where it ended. */
  async *timeline(orderId: string, seq = 0): AsyncGenerator<TimelineEntry> {
    for (let last = seq; ;) {
      const response = await this.#gateway.open('/v1/orders/{id}/timeline', {
        path: { id: orderId },
        header: { Accept: 'text/event-stream', ...(last > 0 && { 'Last-Event-ID': String(last) }) },
        ...patience(),
      });
      if (!response.ok) throw new Error(`the timeline of ${orderId} answered ${response.status}`);
      if (response.status === 204 || !response.body) return;
      for await (const { data } of serverSentEvents(response.body)) {
        const entry = JSON.parse(data) as TimelineEntry;
        last = entry.seq;
        yield entry;
      }
    }
  }
}

const patience = () => ({ signal: AbortSignal.timeout(60_000) });
const once = () => ({ header: { 'Idempotency-Key': randomUUID() }, ...patience() });

const good = async <T>(asked: Promise<Answer<T>>): Promise<T> => bodyOf(await asked);

function bodyOf<T>({ status, body }: Answer<T>): T {
  if (status >= 200 && status < 300) return body;
  throw new Error(`the gateway answered ${status}: ${JSON.stringify(body)}`);
}
