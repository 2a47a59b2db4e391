import type { ObservableGauge } from '@opentelemetry/api';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { durationHistogram, meter } from '@shop/tracing';
import { saga as table } from './model/saga.ts';
import type { State } from './model/vocabulary.ts';
import type { LockedSaga } from './saga/saga-rows.ts';

interface UnderWay {
  state: string;
  orders: number;
  oldest: number;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60];
const waiting = (Object.keys(table) as State[]).filter((state) => table[state].limit);

/** Counted after the commit, so a transaction that rolls back counts nothing. */
@Injectable()
export class OrderMetrics implements OnModuleInit {
  readonly #meter = meter('orders');
  readonly #placed = this.#counter('shop.orders.placed', 'Orders accepted', '{order}');
  readonly #ended = this.#counter('shop.orders.ended', 'Orders by outcome', '{order}');
  readonly #revenue = this.#counter('shop.orders.revenue', 'Totals of confirmed orders in minor units');
  readonly #refunded = this.#counter('shop.orders.refunded', 'Totals of refunded orders in minor units');
  readonly #confirmation = durationHistogram(
    this.#meter,
    'shop.orders.confirmation.duration',
    'Time from placed to confirmed',
    seconds,
  );
  readonly #stay = durationHistogram(
    this.#meter,
    'shop.saga.state.duration',
    'Time that orders spent in a state, when they leave it',
    seconds,
  );

  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    this.#placed.add(0);
    const orders = this.#meter.createObservableGauge('shop.saga.orders', {
      description: 'Orders under way, by state',
      unit: '{order}',
    });
    const oldest = this.#meter.createObservableGauge('shop.saga.oldest', {
      description: 'Longest stay in a state now',
      unit: 's',
    });
    this.#meter.addBatchObservableCallback(
      async (result) => {
        const rows = new Map((await this.#underWay()).map((row) => [row.state, row]));
        const tell = (gauge: ObservableGauge, of: 'orders' | 'oldest') =>
          waiting.forEach((state) => result.observe(gauge, rows.get(state)?.[of] ?? 0, { state }));
        tell(orders, 'orders');
        tell(oldest, 'oldest');
      },
      [orders, oldest],
    );
  }

  placed(): void {
    this.#placed.add(1);
  }

  advanced(sagas: LockedSaga[]): void {
    for (const { saga, age, sincePlaced } of sagas) {
      saga.left.forEach((state, index) => this.#stay.record(index === 0 ? age : 0, { state }));
      if (saga.left.length === 0 || !table[saga.state].announce) continue;
      const { amount, currency } = saga.order.total;
      this.#ended.add(1, { outcome: saga.state, reason: saga.reason?.code ?? 'none' });
      if (saga.state === 'CONFIRMED') {
        this.#revenue.add(amount, { currency });
        this.#confirmation.record(sincePlaced);
      }
      if (saga.state === 'REFUNDED') this.#refunded.add(amount, { currency });
    }
  }

  #counter(name: string, description: string, unit = '') {
    return this.#meter.createCounter(name, { description, unit });
  }

  /** Reads only what is under way, by its partial index. */
  #underWay(): Promise<UnderWay[]> {
    return this.database.query<UnderWay>(
      `SELECT state, count(*)::int AS orders, extract(epoch FROM now() - min(since))::float8 AS oldest
       FROM order_sagas WHERE deadline IS NOT NULL GROUP BY state`,
    );
  }
}
