import { randomUUID } from 'node:crypto';
import type { NewProduct, Order, PlaceOrder, Product, StockLevel, TimelineEntry } from '@shop/contracts';
import { serverSentEvents } from './server-sent-events.ts';

/** What one person does with the public API. */
export class ShopClient {
  readonly #gatewayUrl: string;
  readonly #token: string;

  constructor(gatewayUrl: string, token: string) {
    this.#gatewayUrl = gatewayUrl;
    this.#token = token;
  }

  createProduct = (product: NewProduct) => this.#post<Product>('/v1/admin/products', product);
  adjustStock = (id: string, delta: number) =>
    this.#post<StockLevel>(`/v1/admin/stock/${id}/adjustments`, { delta, reason: 'demo' });
  refund = (orderId: string) => this.#post<Order>(`/v1/admin/orders/${orderId}/refund`);
  cancel = (orderId: string) => this.#post<Order>(`/v1/orders/${orderId}/cancel`);
  product = (id: string) => this.#send<Product>(`/v1/products/${id}`);
  order = (id: string) => this.#send<Order>(`/v1/orders/${id}`);

  timelineSoFar = (orderId: string) =>
    this.#send<{ items: TimelineEntry[] }>(`/v1/orders/${orderId}/timeline`);

  /** Places an order, and tells the trace that its life belongs to. */
  async placeOrder(order: PlaceOrder): Promise<{ order: Order; traceId: string }> {
    const response = await this.#request('/v1/orders', { method: 'POST', body: JSON.stringify(order) });
    return { order: (await response.json()) as Order, traceId: response.headers.get('x-trace-id') ?? '' };
  }

  /** Follows an order live, from after the entry `seq` until it is settled. A stream that breaks off is taken up where it ended. */
  async *timeline(orderId: string, seq = 0): AsyncGenerator<TimelineEntry> {
    for (let last = seq; ;) {
      const headers = { accept: 'text/event-stream', ...(last > 0 && { 'last-event-id': String(last) }) };
      const response = await this.#request(`/v1/orders/${orderId}/timeline`, { headers });
      if (response.status === 204 || !response.body) return;
      for await (const { data } of serverSentEvents(response.body)) {
        const entry = JSON.parse(data) as TimelineEntry;
        last = entry.seq;
        yield entry;
      }
    }
  }

  #post<T>(path: string, body?: object): Promise<T> {
    return this.#send<T>(path, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });
  }

  async #send<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.#request(path, init)).json()) as T;
  }

  async #request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(init.method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(`${this.#gatewayUrl}${path}`, {
      ...init,
      headers,
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok)
      throw new Error(
        `${init.method ?? 'GET'} ${path} answered ${response.status}: ${await response.text()}`,
      );
    return response;
  }
}
