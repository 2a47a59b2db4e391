import { logger } from '@shop/tracing';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backlog } from './backlog.ts';
import type { OutboxRow } from './row.ts';
import type { OutboxStore } from './outbox-store.ts';

const GATHERED = 500;

export interface SentRow extends OutboxRow {
  /** The fence of its lane when it was sent. */
  fence: number;
}

/** Deletes sent rows beside the sending, many with one statement. What it cannot delete is found in the table again, sent again, and dropped by the inbox. */
export class Cleaner {
  readonly #log = logger('outbox-cleaner');
  #sent: SentRow[] = [];
  #cleaning: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<OutboxStore, 'remove'>,
    private readonly backlog: Backlog,
    private readonly relay: string,
    private readonly gatherMs: number,
  ) {}

  add(rows: readonly SentRow[]): void {
    this.#sent.push(...rows);
    this.#cleaning ??= this.#clean();
  }

  /** Resolves when nothing is left to delete. */
  async done(): Promise<void> {
    await this.#cleaning;
  }

  async #clean(): Promise<void> {
    while (this.#sent.length > 0) {
      if (this.#sent.length < GATHERED) await sleep(this.gatherMs);
      const rows = this.#sent;
      this.#sent = [];
      try {
        this.backlog.finished(await this.store.remove(this.relay, rows));
      } catch (error) {
        this.#log.warn({ err: error, rows: rows.length }, 'rows that were sent could not be deleted');
      }
      this.backlog.forget(rows);
    }
    this.#cleaning = undefined;
  }
}
