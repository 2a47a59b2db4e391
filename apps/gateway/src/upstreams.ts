import { httpClient, type HttpClient } from '@shop/resilience';
import type { GatewayConfig } from './gateway.config.ts';

/** A sale brings a thousand buyers in a second: they wait their turn here, within their deadline, rather than be sent away. */
const waitingRoom = { concurrency: 256, queue: 4_096 };

/** What the gateway calls. Each has connections, a breaker and a bulkhead of its own, so one that hangs holds up nobody else. */
export class Upstreams {
  readonly catalog: HttpClient;
  readonly inventory: HttpClient;
  readonly payments: HttpClient;
  readonly orders: HttpClient;
  /** Orders again, for streams: each holds its connection for as long as somebody watches. */
  readonly timelines: HttpClient;

  constructor(config: GatewayConfig) {
    const {
      CATALOG_URL,
      INVENTORY_URL,
      ORDERS_URL,
      PAYMENTS_URL,
      UPSTREAM_TIMEOUT_MS: timeoutMs,
      UPSTREAM_RETRIES: retries,
    } = config;
    const upstream = (name: string, baseUrl: string, connections = 128) =>
      httpClient({ name, baseUrl, timeoutMs, retries, connections, bulkhead: waitingRoom });
    this.catalog = upstream('catalog', CATALOG_URL);
    this.inventory = upstream('inventory', INVENTORY_URL);
    this.orders = upstream('orders', ORDERS_URL);
    this.payments = upstream('payments', PAYMENTS_URL);
    this.timelines = upstream('timelines', ORDERS_URL, 2_000);
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.catalog, this.inventory, this.orders, this.payments, this.timelines].map((client) =>
        client.close(),
      ),
    );
  }
}
