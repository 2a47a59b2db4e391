import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@shop/persistence';
import { Problem, ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { ORDERS_CONFIG, type OrdersConfig } from '../orders.config.ts';
import { problems } from '../orders.errors.ts';
import { TimelineWatch } from './timeline-watch.ts';

const POLL_MS = 500;

/** Wakes the streams of an order: at once for changes made in this process, by a poll for those of other replicas. */
@Injectable()
export class TimelineFeed {
  readonly #log = logger('timeline');
  readonly #watches = new Set<TimelineWatch>();
  #polling = false;

  constructor(
    private readonly database: Database,
    @Inject(ORDERS_CONFIG) private readonly config: OrdersConfig,
    shutdown: ShutdownSequence,
  ) {
    // Streams have no end of their own, so they must be ended before HTTP can drain.
    shutdown.draining.addEventListener('abort', () => {
      for (const watch of this.#watches) watch.end();
    });
  }

  watch(orderId: string): TimelineWatch {
    if (this.#watches.size >= this.config.TIMELINE_STREAMS)
      throw new Problem(problems.tooManyStreams, undefined, { retryAfterSeconds: 5 });
    const watch = new TimelineWatch(orderId, () => this.#watches.delete(watch));
    this.#watches.add(watch);
    if (!this.#polling) void this.#poll();
    return watch;
  }

  changed(orderIds: string[]): void {
    if (this.#watches.size === 0) return;
    const ids = new Set(orderIds);
    for (const watch of this.#watches) if (ids.has(watch.orderId)) watch.wake();
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    while (this.#watches.size > 0) {
      await sleep(POLL_MS, undefined, { ref: false });
      await this.#wakeBehind().catch((error: unknown) =>
        this.#log.debug({ err: error }, 'polling failed and is tried again'),
      );
    }
    this.#polling = false;
  }

  async #wakeBehind(): Promise<void> {
    if (this.#watches.size === 0) return;
    const ids = [...new Set([...this.#watches].map(({ orderId }) => orderId))];
    const rows = await this.database.query<{ id: string; seq: number }>(
      'SELECT order_id AS id, timeline_seq AS seq FROM order_sagas WHERE order_id = ANY($1)',
      [ids],
    );
    const seqs = new Map(rows.map(({ id, seq }) => [id, seq]));
    for (const watch of this.#watches) if ((seqs.get(watch.orderId) ?? 0) > watch.seen) watch.wake();
  }
}
