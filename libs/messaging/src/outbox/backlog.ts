import type { FreshRow } from './outbox-store.ts';
import { bytesOf, type OutboxRow } from './row.ts';

const REMEMBERED = 10_000;

/** The rows that a relay has in memory, each once: waiting, being sent, or sent and about to be deleted. */
export class Backlog {
  readonly #waiting = new Map<number, OutboxRow>();
  readonly #underWay = new Map<number, OutboxRow>();
  #done = new Set<number>();
  #doneBefore = new Set<number>();

  get waiting(): number {
    return this.#waiting.size;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** A row may be sent without reading the table only if every earlier row of its key went through this very memory. */
  follows(row: FreshRow): boolean {
    return row.predecessors.every((id) => this.knows(id));
  }

  add(row: OutboxRow): void {
    if (!this.knows(row.id)) this.#waiting.set(row.id, row);
  }

  /** The oldest rows that may be sent, in order of id and thereby in order per key. */
  take(limit: { rows: number; bytes: number }, maySend: (lane: number) => boolean): OutboxRow[] {
    const rows = [...this.#waiting.values()].sort((a, b) => a.id - b.id);
    const batch: OutboxRow[] = [];
    for (let bytes = 0; batch.length < Math.min(limit.rows, rows.length);) {
      const row = rows[batch.length] as OutboxRow;
      bytes += bytesOf(row);
      if (batch.length > 0 && bytes > limit.bytes) break;
      batch.push(row);
    }
    for (const row of batch) this.#waiting.delete(row.id);
    const sendable = batch.filter((row) => maySend(row.lane));
    for (const row of sendable) this.#underWay.set(row.id, row);
    return sendable;
  }

  /** Back into the queue: they were not sent. */
  putBack(rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      this.#underWay.delete(row.id);
      this.#waiting.set(row.id, row);
    }
  }

  /** Deleted from the table. Remembered for a while, because a commit that saw them in the table may arrive a moment later. */
  finished(ids: Iterable<number>): void {
    for (const id of ids) {
      this.#underWay.delete(id);
      this.#done.add(id);
    }
    if (this.#done.size < REMEMBERED) return;
    this.#doneBefore = this.#done;
    this.#done = new Set();
  }

  /** No longer ours; the table still has them. */
  forget(rows: Iterable<OutboxRow>): void {
    for (const { id } of rows) {
      this.#underWay.delete(id);
      this.#waiting.delete(id);
    }
  }

  /** Drops waiting rows, of a lane that was lost or of a key that is blocked. */
  drop(which: (row: OutboxRow) => boolean): void {
    for (const row of this.#waiting.values()) if (which(row)) this.#waiting.delete(row.id);
  }

  knows(id: number): boolean {
    return this.#waiting.has(id) || this.#underWay.has(id) || this.#done.has(id) || this.#doneBefore.has(id);
  }
}
