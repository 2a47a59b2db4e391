import type { DatabaseName } from '@shop/tools';
import type { Kafka } from 'kafkajs';
import type { Databases } from '../databases.ts';
import { readRecords, type StoredRecord, stretchesOf } from '../records.ts';
import type { Charge } from './order-evidence.ts';
import { orderTopics } from './topic-messages.ts';

interface Archive {
  databases: Databases;
  kafka: Kafka;
  charges: Map<string, Charge[]>;
}

/** Every row about an order, in every database. */
const tables: [database: DatabaseName, table: string, where: string][] = [
  ['orders', 'orders', 'id = $1 ORDER BY id'],
  ['orders', 'order_sagas', 'order_id = $1'],
  ['orders', 'order_timeline', 'order_id = $1 ORDER BY seq'],
  ['orders', 'idempotency_keys', `body->>'id' = $1::text`],
  ['orders', 'outbox', 'key = $1::text ORDER BY id'],
  ['inventory', 'reservations', 'order_id = $1'],
  ['inventory', 'outbox', 'key = $1::text ORDER BY id'],
  ['payments', 'payments', 'order_id = $1'],
  ['payments', 'psp_calls', 'payment_id IN (SELECT id FROM payments WHERE order_id = $1) ORDER BY id'],
  ['payments', 'ledger_entries', 'payment_id IN (SELECT id FROM payments WHERE order_id = $1)'],
  ['payments', 'outbox', 'key = $1::text ORDER BY id'],
];

/** What databases, topics and provider know of some orders, line by line, for a person to read. */
export async function historyOf(
  orderIds: readonly string[],
  { databases, kafka, charges }: Archive,
): Promise<string> {
  const records = await recordsOf(orderIds, kafka);
  const lines: string[] = [];
  for (const id of orderIds) {
    lines.push(`order ${id}`);
    for (const [database, table, where] of tables) {
      const rows = await databases.rows<{ row: unknown }>(
        database,
        `SELECT to_jsonb(t) AS row FROM (SELECT * FROM ${table} WHERE ${where}) t`,
        [id],
      );
      lines.push(...rows.map(({ row }) => `  ${database}.${table} ${JSON.stringify(row)}`));
    }
    lines.push(...(records.get(id) ?? []).map((record) => `  ${shown(record)}`));
    lines.push(...(charges.get(id) ?? []).map((charge) => `  provider ${JSON.stringify(charge)}`));
  }
  return lines.join('\n');
}

async function recordsOf(orderIds: readonly string[], kafka: Kafka): Promise<Map<string, StoredRecord[]>> {
  const found = new Map(orderIds.map((id) => [id, [] as StoredRecord[]]));
  await readRecords(kafka, await stretchesOf(kafka, orderTopics), (record) => {
    found.get(record.key?.toString() ?? '')?.push(record);
  });
  return found;
}

function shown({ topic, partition, offset, headers, value }: StoredRecord): string {
  const header = (name: string) => String(headers[name] ?? '');
  return `${topic}/${partition}@${offset} ${header('ce_time')} ${header('ce_type')} ${header('ce_id')} ${value?.toString() ?? ''}`;
}
