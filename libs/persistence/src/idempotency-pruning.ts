import { Injectable } from '@nestjs/common';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { Database } from './database.ts';

const EVERY_MS = 60_000;
const BATCH = 1_000;

// Small batches: no long lock, no long transaction. Replicas skip what another one is deleting.
const PRUNE = `
  DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < now() - interval '24 hours'
    ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )) RETURNING 1`;

/** Forgets idempotency keys that are older than a day, in the background of a service that uses them. */
@Injectable()
export class IdempotencyPruning {
  readonly #log = logger('idempotency');
  #timer?: NodeJS.Timeout;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: Database,
    shutdown: ShutdownSequence,
  ) {
    shutdown.add('work', 'idempotency pruning', () => this.stop());
  }

  /** Begins with the first key, since only then the table is known to be there. */
  start(): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = setInterval(() => {
      this.#running = this.prune().catch((error: unknown) =>
        this.#log.warn({ err: error }, 'pruning failed'),
      );
    }, EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Deletes batch by batch until none is left, and returns how many keys went. */
  async prune(batch = BATCH): Promise<number> {
    let pruned = 0;
    for (let last = batch; last === batch && !this.#stopped; pruned += last) {
      last = (await this.database.query(PRUNE, [batch])).length;
    }
    return pruned;
  }
}
