import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { newId, type Order, type PlaceOrder } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Idempotency, type Tx } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { currentTraceId, inject } from '@shop/tracing';
import { OrderSaga } from '../model/order-saga.ts';
import { start } from '../model/saga.ts';
import { ORDERS_CONFIG, type OrdersConfig } from '../orders.config.ts';
import { problems } from '../orders.errors.ts';
import { OrderMetrics } from '../orders.metrics.ts';
import { findProducts, type PriceList } from '../price-copy/products.ts';
import { commands } from '../saga/commands.ts';
import { insertOrder } from './insert-order.ts';
import { priceLines } from './price-lines.ts';

export interface Placing {
  customerId: string;
  key: string;
  order: PlaceOrder;
}

const PAUSE_MS = 100;

@Injectable()
export class OrderPlacing {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly outbox: Outbox,
    private readonly metrics: OrderMetrics,
    @Inject(ORDERS_CONFIG) private readonly config: OrdersConfig,
  ) {}

  async place({ customerId, key, order }: Placing) {
    const request = { caller: customerId, key, operation: 'place-order', body: order };
    const ids = order.lines.map(({ productId }) => productId);
    return this.#onceProductsAreKnown(() =>
      this.idempotency.run(
        request,
        (tx: Tx, prices: PriceList) => Promise.resolve(this.#place(tx, customerId, order, prices)),
        (tx: Tx) => findProducts(tx, ids),
      ),
    );
  }

  /** A product that was created a moment ago may still be on its way here; no transaction stays open while it is waited for. */
  async #onceProductsAreKnown<T>(attempt: () => Promise<T>): Promise<T> {
    const end = performance.now() + this.config.PRICE_WAIT_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const unknown = error instanceof Problem && error.code === problems.unknownProduct.code;
        if (!unknown || performance.now() + PAUSE_MS > end) throw error;
      }
      await sleep(PAUSE_MS);
    }
  }

  #place(tx: Tx, customerId: string, wanted: PlaceOrder, { products, at }: PriceList) {
    const { lines, paymentToken, shippingAddress } = wanted;
    const order = { id: newId(), customerId, paymentToken, ...priceLines(lines, products) };
    const saga = OrderSaga.begin(order, currentTraceId());
    const traceParent = inject()['traceparent'] ?? '';
    const limitMs = this.config.RESERVE_TIMEOUT_MS;
    const placed: Order = insertOrder(tx, saga, { shippingAddress, traceParent, limitMs, at });
    commands[start.send]((definition, payload) => this.outbox.publish(tx, definition, payload), order);
    tx.afterCommit(() => this.metrics.placed());
    return { status: 202, body: placed, headers: { location: `/v1/orders/${order.id}` } };
  }
}
