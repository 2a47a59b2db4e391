import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { meter } from '@shop/tracing';
import { saga as table } from './model/saga.ts';
import type { LockedSaga } from './saga/saga-rows.ts';

interface UnderWay {
  state: string;
  orders: number;
  oldest: number;
}

/** Counted after the commit, so a transaction that rolls back counts nothing. */
@Injectable()
export class OrderMetrics implements OnModuleInit {
  readonly #meter = meter('orders');
  readonly #placed = this.#meter.createCounter('orders.placed', { description: 'Orders accepted' });
  readonly #ended = this.#meter.createCounter('orders.ended', { description: 'Orders by outcome' });
  readonly #revenue = this.#meter.createCounter('orders.revenue', {
    description: 'Confirmed totals in minor units',
  });
  readonly #stay = this.#meter.createHistogram('orders.saga.state.duration', {
    description: 'Time that orders spent in a state',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60] },
  });

  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    const orders = this.#meter.createObservableGauge('orders.saga.under_way', {
      description: 'Orders under way, by state',
    });
    const age = this.#meter.createObservableGauge('orders.saga.oldest', {
      description: 'Longest stay in a state now',
      unit: 's',
    });
    this.#meter.addBatchObservableCallback(
      async (result) => {
        for (const { state, orders: count, oldest } of await this.#underWay()) {
          result.observe(orders, count, { state });
          result.observe(age, oldest, { state });
        }
      },
      [orders, age],
    );
  }

  placed(): void {
    this.#placed.add(1);
  }

  advanced(sagas: LockedSaga[]): void {
    for (const { saga, age } of sagas) {
      saga.left.forEach((state, index) => this.#stay.record(index === 0 ? age : 0, { state }));
      if (saga.left.length === 0 || !table[saga.state].announce) continue;
      const { amount, currency } = saga.order.total;
      const reason = saga.reason?.code ?? 'none';
      this.#ended.add(1, { outcome: saga.state, reason });
      if (saga.state === 'CONFIRMED') this.#revenue.add(amount, { currency });
    }
  }

  /** Reads only what is under way, by its partial index. */
  #underWay(): Promise<UnderWay[]> {
    return this.database.query<UnderWay>(
      `SELECT state, count(*)::int AS orders, extract(epoch FROM now() - min(since))::float8 AS oldest
       FROM order_sagas WHERE deadline IS NOT NULL GROUP BY state`,
    );
  }
}
