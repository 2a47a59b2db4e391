import type { PlaceOrder } from '@shop/contracts';
import {
  cancellation,
  commands,
  OrderMetrics,
  type OrdersConfig,
  OrderSaga,
  priceLines,
  Reaper,
  refund,
  RepliesConsumer,
  SagaProcess,
  type SagaRequest,
  SagaRequests,
  TimelineFeed,
} from '@shop/orders/parts';
import { start } from '@shop/orders/saga';
import { Audit } from '@shop/persistence';
import { type Caller, Problem, ShutdownSequence } from '@shop/service-kit';
import type { Clock } from '../memory/clock.ts';
import { MemoryIdempotency } from '../memory/idempotency.ts';
import { MemoryOutbox } from '../memory/outbox.ts';
import { MemoryTransactions } from '../memory/transactions.ts';
import type { MemoryTx } from '../memory/tx.ts';
import { MemorySagaRows } from '../parts/saga-rows.ts';
import type { Broker } from '../transport/broker.ts';
import { type Handler, Service } from '../transport/service.ts';
import { partitionsOf } from '../transport/partitions-of.ts';
import { orderIds, orderName, productIds } from './names.ts';
import { settings } from './settings.ts';

const database = undefined as never;
const shutdown = new ShutdownSequence();
// Nobody watches a timeline or reads a metric here.
const feed = new TimelineFeed(database, {} as OrdersConfig, shutdown);
const metrics = new OrderMetrics(database);
// What administrators did is recorded in SQL, beside the order.
const audit = Object.assign(new Audit(database), { record: () => {} });

const products = new Map(
  productIds.map((id, index) => [
    id,
    {
      id,
      sku: `P${index}`,
      name: `Product ${index}`,
      price: { amount: 1_000 + 500 * index, currency: 'EUR' },
    },
  ]),
);
const admin: Caller = { id: 'admin', scopes: new Set(), isAdmin: true, token: '' };
const customerOf = (index: number): Caller => ({
  ...admin,
  id: `customer of ${orderName(orderIds[index]!)}`,
  isAdmin: false,
});

export type Wanted = Pick<PlaceOrder, 'lines' | 'paymentToken'>;

/** The orders service over memory. */
export class Orders {
  readonly transactions = new MemoryTransactions(() => {});
  readonly outbox = new MemoryOutbox('orders');
  readonly rows: MemorySagaRows;
  readonly service: Service;
  readonly reaper: Reaper;
  readonly #requests: SagaRequests;
  readonly #idempotency = new MemoryIdempotency(this.transactions);

  constructor(clock: Clock, broker: Broker) {
    this.rows = new MemorySagaRows(clock, settings.limits);
    const process = new SagaProcess(this.outbox, feed, metrics, this.rows);
    const consumer = new RepliesConsumer(this.rows, process);
    const handler: Handler = (deliveries, context) => consumer.repliesArrived(deliveries, context);
    this.service = new Service(
      'orders',
      this.transactions,
      this.outbox,
      partitionsOf('orders', broker),
      () => handler,
    );
    this.reaper = new Reaper(this.transactions, this.rows, process, shutdown, {} as OrdersConfig);
    this.#requests = new SagaRequests(this.#idempotency, this.rows, process, audit);
  }

  /** What placing an order does in its transaction. */
  async place(index: number, { lines, paymentToken }: Wanted): Promise<void> {
    const { id: caller } = customerOf(index);
    const order = { id: orderIds[index]!, customerId: caller, paymentToken, ...priceLines(lines, products) };
    await this.#idempotency.run({ caller, key: 'place', operation: 'place-order', body: order.id }, (tx) => {
      const saga = OrderSaga.begin(order, '');
      this.rows.insert(tx as MemoryTx, saga);
      commands[start.send](
        (definition, payload) => this.outbox.publish(tx as MemoryTx, definition, payload),
        order,
      );
      return Promise.resolve({ status: 202, body: undefined });
    });
  }

  /** Answers whether it was accepted; the keys of one caller tell repeats from new requests. */
  cancel(index: number, by: 'customer' | 'admin', key: string): Promise<boolean> {
    const caller = by === 'admin' ? admin : customerOf(index);
    return this.#ask(caller, key, cancellation(orderIds[index]!, caller));
  }

  refund(index: number, key: string): Promise<boolean> {
    return this.#ask(admin, key, refund(orderIds[index]!));
  }

  async #ask(caller: Caller, key: string, request: SagaRequest): Promise<boolean> {
    try {
      await this.#requests.run(caller, `${request.input.type} ${request.orderId} ${key}`, request);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.code === request.refusal.code) return false;
      throw error;
    }
  }
}
