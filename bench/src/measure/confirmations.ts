import { setTimeout as sleep } from 'node:timers/promises';
import { connected } from '@shop/testing';

/** An order as its database has it; times in milliseconds since the epoch, by the clock that the load generator uses too. */
export interface StoredOrder {
  status: string;
  updatedAt: number;
}

const PATIENCE_MS = 120_000;

/** Waits until none of these orders is under way any more, and answers them by id. Ids sort by time. */
export async function endedOrders(url: string, ids: string[]): Promise<Map<string, StoredOrder>> {
  const first = ids.toSorted()[0];
  if (!first) return new Map();
  return connected(url, async (client) => {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await client.query<{ open: boolean }>(
        `SELECT EXISTS (SELECT FROM orders WHERE id >= $1 AND status = 'PENDING') AS open`,
        [first],
      );
      if (!rows[0]?.open) break;
      if (Date.now() > end)
        throw new Error('orders were still under way two minutes after the load had ended');
      await sleep(100);
    }
    const { rows } = await client.query<StoredOrder & { id: string }>(
      `SELECT id, status, extract(epoch FROM updated_at)::float8 * 1000 AS "updatedAt" FROM orders WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  });
}
