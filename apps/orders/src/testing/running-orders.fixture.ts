import { randomUUID } from 'node:crypto';
import type { Order, PlaceOrder, TimelineEntry } from '@shop/contracts';
import { KafkaTransport } from '@shop/messaging';
import { Database, runMigrations, Transactions } from '@shop/persistence';
import { type RunningService, startService } from '@shop/service-kit';
import { aPlaceOrder, type TestDatabase, testDatabase } from '@shop/testing';
import { migrations } from '../migrations/index.ts';
import { ordersConfig } from '../orders.config.ts';
import { ordersModule } from '../orders.module.ts';
import { type ProductState, saveProducts } from '../price-copy/products.ts';
import { Reaper } from '../saga/reaper.ts';
import { RepliesConsumer } from '../saga/replies.consumer.ts';
import { SagaRows } from '../saga/saga-rows.ts';
import type { ReplyDelivery } from '../saga/replies.ts';
import { type TestTokens, testTokens } from './tokens.fixture.ts';

export interface Ask {
  as?: string;
  method?: string;
  body?: unknown;
  /** The Idempotency-Key; `null` sends none. */
  key?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}
export interface Said<T> {
  status: number;
  headers: Headers;
  body: T;
}

const noBroker = '127.0.0.1:1';

/** The service with a database of its own. Without brokers nothing leaves the outbox, where tests can read it, and tests bring the replies. */
export class RunningOrders {
  private constructor(
    private readonly service: RunningService,
    private readonly db: TestDatabase,
    private readonly tokens: TestTokens,
    private readonly env: Record<string, string>,
  ) {}

  static async start(given: Record<string, string> = {}): Promise<RunningOrders> {
    const db = await testDatabase();
    await runMigrations({ url: db.url, migrations });
    const tokens = await testTokens();
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: db.url,
      DATABASE_POOL_SIZE: '5',
      KAFKA_BROKERS: noBroker,
      CURSOR_SECRET: 'cursor secret of a test',
      // Tests let the reaper run themselves.
      REAPER_INTERVAL_MS: '3600000',
      ...tokens.env,
      ...given,
    };
    return new RunningOrders(await startReplica(env), db, tokens, env);
  }

  /** One more process on the same database; it ends before this one does. */
  async replica(given: Record<string, string> = {}): Promise<RunningOrders> {
    const env = { ...this.env, ...given };
    const db = { ...this.db, drop: async () => {} };
    return new RunningOrders(await startReplica(env), db, { ...this.tokens, remove: () => {} }, env);
  }

  async stop(): Promise<void> {
    await this.service.close();
    await this.db.drop();
    this.tokens.remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.service.app.get(type, { strict: false });
  }

  async raw(
    path: string,
    { as = 'alice', method = 'GET', body, key, headers = {}, signal }: Ask = {},
  ): Promise<Response> {
    const all = new Headers({ authorization: `Bearer ${await this.tokens.tokenOf(as)}`, ...headers });
    if (method !== 'GET' && key !== null) all.set('idempotency-key', key ?? randomUUID());
    if (body !== undefined) all.set('content-type', 'application/json');
    return fetch(this.service.url + path, {
      method,
      headers: all,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  }

  async ask<T = Record<string, unknown>>(path: string, ask: Ask = {}): Promise<Said<T>> {
    const response = await this.raw(path, ask);
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  place(given: Partial<PlaceOrder> = {}, ask: Ask = {}): Promise<Said<Order>> {
    return this.ask<Order>('/v1/orders', { method: 'POST', body: aPlaceOrder(given), ...ask });
  }

  async timeline(id: string): Promise<TimelineEntry[]> {
    return (await this.ask<{ items: TimelineEntry[] }>(`/v1/orders/${id}/timeline`, { as: 'admin' })).body
      .items;
  }

  async know(...states: ProductState[]): Promise<void> {
    await this.get(Transactions).run((tx) => saveProducts(tx, states));
  }

  /** Replies arrive together, as the consumer loop would hand them over. */
  async hear(...deliveries: ReplyDelivery[]): Promise<void> {
    await this.get(Transactions).run((tx) => this.get(RepliesConsumer).repliesArrived(deliveries, { tx }));
  }

  /** What has been published for an order, oldest first, by the last part of its type. */
  async sent(id: string): Promise<string[]> {
    const rows = await this.rows<{ type: string }>('SELECT type FROM outbox WHERE key = $1 ORDER BY id', [
      id,
    ]);
    return rows.map(({ type }) => type.split('.')[2]!);
  }

  async message(id: string, type: string): Promise<unknown> {
    const [row] = await this.rows<{ payload: string }>(
      'SELECT payload FROM outbox WHERE key = $1 AND type LIKE $2',
      [id, `%.${type}.v1`],
    );
    return row && JSON.parse(row.payload);
  }

  /** Lets the time limit of an order's step pass, as far as the database can tell. */
  async missDeadline(id: string): Promise<void> {
    await this.rows(
      `UPDATE order_sagas SET deadline = now() - interval '1 second' WHERE order_id = $1 AND deadline IS NOT NULL`,
      [id],
    );
    await this.get(Reaper).reap();
  }

  /** Does something while another transaction holds the order's saga. */
  async locking(id: string, work: () => Promise<void>): Promise<void> {
    await this.get(Transactions).run(async (tx) => {
      await this.get(SagaRows).lock(tx, [id]);
      await work();
    });
  }

  rows<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.get(Database).query<R>(sql, params);
  }
}

const startReplica = (env: Record<string, string>) =>
  startService({
    name: 'orders',
    config: ordersConfig,
    module: ordersModule,
    transports: env['KAFKA_BROKERS'] === noBroker ? [] : [KafkaTransport],
    env,
  });
