import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseName } from '@shop/tools';
import type { Kafka } from 'kafkajs';
import type { Databases } from '../databases.ts';
import { topics } from '@shop/contracts';

const count = (from: string) => `SELECT count(*)::int AS n FROM ${from}`;

/** What is still under way, by name. */
const questions: [name: string, database: DatabaseName, sql: string][] = [
  ['orders under way', 'orders', count('order_sagas WHERE deadline IS NOT NULL')],
  ['messages in the outbox of orders', 'orders', count('outbox')],
  ['messages in the outbox of catalog', 'catalog', count('outbox')],
  ['messages in the outbox of inventory', 'inventory', count('outbox')],
  ['messages in the outbox of payments', 'payments', count('outbox')],
  ['reservations not committed', 'inventory', count(`reservations WHERE state = 'RESERVED'`)],
  ['calls to the provider', 'payments', count(`psp_calls WHERE state = 'open'`)],
  [
    'payments under way',
    'payments',
    count(`payments WHERE state NOT IN ('CAPTURED', 'DECLINED', 'VOIDED', 'REFUNDED')`),
  ],
];

const consumers: Record<string, string[]> = {
  inventory: [topics.inventoryCommands],
  payments: [topics.paymentsCommands],
  orders: [topics.catalogEvents, topics.inventoryEvents, topics.paymentsEvents],
  notifications: [topics.ordersEvents],
};

/** What is not finished yet; empty when the shop is at rest. */
export async function unsettled(databases: Databases, kafka: Kafka): Promise<string[]> {
  const answers = questions.map(async ([name, database, sql]) => {
    const [row] = await databases.rows<{ n: number }>(database, sql);
    return { name, n: row?.n ?? 0 };
  });
  const open = [...(await Promise.all(answers)), ...(await unread(kafka))].filter(({ n }) => n > 0);
  return open.map(({ name, n }) => `${n} ${name}`);
}

async function unread(kafka: Kafka): Promise<{ name: string; n: number }[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const lags = Object.entries(consumers).map(async ([groupId, list]) => {
      const withRetries = list.flatMap((topic) => [topic, `${topic}.${groupId}.retry`]);
      const committed = await admin.fetchOffsets({ groupId, topics: withRetries });
      const behind = committed.map(async ({ topic, partitions }) => {
        const ends = new Map(
          (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
        );
        return partitions.reduce(
          (sum, { partition, offset }) => sum + (ends.get(partition) ?? 0) - Math.max(0, Number(offset)),
          0,
        );
      });
      return {
        name: `messages not read by ${groupId}`,
        n: (await Promise.all(behind)).reduce((a, b) => a + b, 0),
      };
    });
    return await Promise.all(lags);
  } finally {
    await admin.disconnect();
  }
}

/** Waits until nothing is under way, twice in a row; answers what still is after `boundMs`. */
export async function untilSettled(
  look: () => Promise<string[]>,
  { boundMs, signal, tell }: { boundMs: number; signal: AbortSignal; tell: (open: string) => void },
): Promise<string[]> {
  const end = performance.now() + boundMs;
  for (let quiet = 0; ;) {
    const open = await look().catch((error: unknown) => [(error as Error).message]);
    quiet = open.length === 0 ? quiet + 1 : 0;
    if (quiet === 2) return [];
    if (performance.now() > end) return open;
    tell(open.join(', '));
    await sleep(1_000, undefined, { signal });
  }
}
