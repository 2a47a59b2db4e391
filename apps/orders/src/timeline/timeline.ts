import { Inject, Injectable } from '@nestjs/common';
import type { TimelineEntry } from '@shop/contracts';
import { Database } from '@shop/persistence';
import type { Caller } from '@shop/service-kit';
import { saga } from '../model/saga.ts';
import type { State } from '../model/vocabulary.ts';
import { ORDERS_CONFIG, type OrdersConfig } from '../orders.config.ts';
import { refuseStranger } from '../read-orders/order-rows.ts';
import { TimelineFeed } from './timeline-feed.ts';
import type { TimelineWatch } from './timeline-watch.ts';

interface Progress {
  seq: number;
  /** Nothing more is under way. */
  settled: boolean;
}

@Injectable()
export class Timeline {
  constructor(
    private readonly database: Database,
    private readonly feed: TimelineFeed,
    @Inject(ORDERS_CONFIG) private readonly config: OrdersConfig,
  ) {}

  async authorise(orderId: string, caller: Caller): Promise<void> {
    const [order] = await this.database.query<{ customerId: string }>(
      'SELECT customer_id AS "customerId" FROM orders WHERE id = $1',
      [orderId],
    );
    refuseStranger(order, caller);
  }

  async entries(orderId: string, after = 0): Promise<TimelineEntry[]> {
    const rows = await this.database.query<Omit<TimelineEntry, 'at'> & { at: Date }>(
      `SELECT seq, at, service, type, detail, trace_id AS "traceId"
       FROM order_timeline WHERE order_id = $1 AND seq > $2 ORDER BY seq`,
      [orderId, after],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  async progress(orderId: string): Promise<Progress> {
    const [row] = await this.database.query<{ state: State; seq: number }>(
      'SELECT state, timeline_seq AS seq FROM order_sagas WHERE order_id = $1',
      [orderId],
    );
    return { seq: row!.seq, settled: saga[row!.state].limit === undefined };
  }

  /** Server-sent events of everything after `after`, until the order is settled, the client is gone or the service stops. */
  stream(orderId: string, after: number, gone: AbortSignal): AsyncGenerator<string> {
    const watch = this.feed.watch(orderId);
    if (gone.aborted) watch.end();
    else gone.addEventListener('abort', () => watch.end(), { once: true });
    return this.#events(watch, after);
  }

  async *#events(watch: TimelineWatch, after: number): AsyncGenerator<string> {
    yield 'retry: 1000\n\n';
    while (!watch.ended) {
      // Progress first: a settled order has all its entries already, so none can be missed by reading them second.
      const { seq, settled } = await this.progress(watch.orderId);
      for (const entry of await this.entries(watch.orderId, after)) {
        yield `id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`;
        after = entry.seq;
      }
      // Not `after`: entries may be ahead of the progress just read, and only a newer progress tells whether they were the last.
      watch.seen = seq;
      if (settled) return;
      if (!(await watch.changed(this.config.TIMELINE_HEARTBEAT_MS))) yield ': nothing new\n\n';
    }
  }
}
