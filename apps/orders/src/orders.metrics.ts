import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { backlogGauges, durationHistogram, meter, type Waiting } from '@shop/tracing';
import { saga as table } from './model/saga.ts';
import type { State } from './model/vocabulary.ts';
import type { LockedSaga } from './saga/saga-rows.ts';

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
    backlogGauges(this.#meter, {
      count: { name: 'shop.saga.orders', description: 'Orders under way, by state', unit: '{order}' },
      oldest: { name: 'shop.saga.oldest', description: 'Longest stay in a state now' },
      attribute: 'state',
      kinds: waiting,
      read: () => this.#underWay(),
    });
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
  #underWay(): Promise<Waiting[]> {
    return this.database.query<Waiting>(
      `SELECT state AS kind, count(*)::int, extract(epoch FROM now() - min(since))::float8 AS oldest
       FROM order_sagas WHERE deadline IS NOT NULL GROUP BY state`,
    );
  }
}
