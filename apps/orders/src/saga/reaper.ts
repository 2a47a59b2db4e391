import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Tx, Transactions } from '@shop/persistence';
import { ShutdownSequence } from '@shop/service-kit';
import { currentTraceId, inNewTrace, logger } from '@shop/tracing';
import { ORDERS_CONFIG, type OrdersConfig } from '../orders.config.ts';
import { SagaProcess } from './saga-process.ts';
import { type LockedSaga, SagaRows } from './saga-rows.ts';

const BATCH = 100;

/** Moves orders on whose step took too long. Replicas share the work: each skips what another one has locked. */
@Injectable()
export class Reaper implements OnApplicationBootstrap {
  readonly #log = logger('reaper');
  readonly #stopping = new AbortController();

  constructor(
    private readonly transactions: Transactions,
    private readonly rows: SagaRows,
    private readonly process: SagaProcess,
    private readonly shutdown: ShutdownSequence,
    @Inject(ORDERS_CONFIG) private readonly config: OrdersConfig,
  ) {}

  onApplicationBootstrap(): void {
    const running = this.#run();
    this.shutdown.add('work', 'reaper', async () => {
      this.#stopping.abort();
      await running;
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // Jitter keeps replicas that started together from looking at the same moments.
      const pause = this.config.REAPER_INTERVAL_MS * (0.75 + Math.random() / 2);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted)
        await this.reap().catch((error: unknown) =>
          this.#log.warn({ err: error }, 'reaping failed and is tried again'),
        );
    }
  }

  /** Handles everything that is due, and answers how many orders that were. */
  async reap(): Promise<number> {
    for (let total = 0; ;) {
      const found = await this.transactions.run((tx) => this.#reapBatch(tx));
      total += found;
      if (found < BATCH || this.#stopping.signal.aborted) return total;
    }
  }

  async #reapBatch(tx: Tx): Promise<number> {
    const sagas = await this.rows.lockOverdue(tx, BATCH);
    for (const saga of sagas.values()) this.#passDeadline(tx, saga);
    this.process.save(tx, sagas.values());
    return sagas.size;
  }

  #passDeadline(tx: Tx, saga: LockedSaga): void {
    inNewTrace({ traceparent: saga.traceParent }, () =>
      this.process.receive(
        tx,
        saga,
        { type: 'DeadlinePassed' },
        { service: 'orders', traceId: currentTraceId() },
      ),
    );
  }
}
