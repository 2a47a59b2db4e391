import { setTimeout as sleep } from 'node:timers/promises';
import type { Databases } from '../databases.ts';
import type { OrderBook } from './order-book.ts';

const EVERY_MS = 1_000;

/** Learns from the database which orders have ended: one query a second, however many orders are open. */
export async function watchEnds(databases: Databases, book: OrderBook, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const open = [...book.open.keys()];
    // While the database is down there is nothing to learn.
    const ended = open.length === 0 ? [] : await endedOf(databases, open).catch(() => []);
    for (const { id, status } of ended) book.end(id, status);
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

const endedOf = (databases: Databases, ids: string[]) =>
  databases.rows<{ id: string; status: string }>(
    'orders',
    `SELECT id, status FROM orders WHERE id = ANY($1::uuid[]) AND status <> 'PENDING'`,
    [ids],
  );
