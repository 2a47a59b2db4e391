import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@shop/testing';
import type { Shop } from '@shop/tools';
import kafkajs from 'kafkajs';
import { type BareDatabase, schemas, topics } from '../bare/schema.ts';
import { type Arena, CUSTOMERS, PLENTY } from './arena.ts';
import { type Opponent, startOpponent } from './opponent.ts';
import { connected } from '@shop/testing';

const names = ['psp', 'inventory', 'orders', 'payments', 'notifications', 'gateway'] as const;
/** As many as the shop's topics have. */
const PARTITIONS = 6;

/** The bare pipeline on the shop's own PostgreSQL and Kafka, in databases and topics of its own. */
export async function startBare(shop: Shop): Promise<Arena & { stop(): Promise<void> }> {
  await Promise.all([createDatabases(shop), createTopics(shop.brokers)]);
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await freePort());
  const url = (name: string) => `http://127.0.0.1:${ports.get(name)}`;
  const folder = join(shop.dataDir, 'bare');
  mkdirSync(join(folder, 'mail'), { recursive: true });
  const env = {
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    KAFKA_BROKERS: shop.brokers.join(','),
    ORDERS_URL: url('orders'),
    PSP_URL: url('psp'),
    WEBHOOK_URL: url('payments'),
    JOURNAL: join(folder, 'psp.jsonl'),
    MAIL_DIR: join(folder, 'mail'),
  };
  const started = await Promise.allSettled(
    names.map((name) => {
      const own = { ...env, DATABASE_URL: databaseUrl(shop, name as BareDatabase) };
      return startOpponent(shop, name, own, ports.get(name));
    }),
  );
  const running = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async () => void (await Promise.all(running.map((process) => process.stop())));
  const failed = started.find((start) => start.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { ...arenaOf(shop, url('gateway'), running), productIds: await copyProducts(shop), stop };
}

const arenaOf = (shop: Shop, gatewayUrl: string, running: Opponent[]) => ({
  name: 'bare',
  gatewayUrl,
  ordersUrl: databaseUrl(shop, 'orders'),
  customers: Array.from({ length: CUSTOMERS }, (_, index) => ({ customer: `customer-${index}` })),
  processes: () => [
    ...running.map(({ name, pid }) => ({ name: name === 'psp' ? 'psp-sandbox' : name, pid })),
    { name: 'kafka', pid: shop.kafka.pid },
    { name: 'postgres', pid: shop.postgres.pid, family: true },
  ],
});

const databaseUrl = (shop: Shop, name: BareDatabase): string =>
  shop.databaseUrl('orders').replace(/\/orders$/, `/bare_${name}`);

async function createDatabases(shop: Shop): Promise<void> {
  for (const name of Object.keys(schemas) as BareDatabase[]) {
    await connected(shop.postgres.adminUrl, (client) => client.query(`CREATE DATABASE bare_${name}`));
    await connected(databaseUrl(shop, name), (client) => client.query(schemas[name]));
  }
}

/** The shop's catalogue, so that both sides sell the same. */
async function copyProducts(shop: Shop): Promise<string[]> {
  const { rows } = await connected(shop.databaseUrl('orders'), (client) =>
    client.query<{ id: string }>('SELECT id, sku, name, price_amount, currency FROM products ORDER BY id'),
  );
  const products = JSON.stringify(rows);
  await connected(databaseUrl(shop, 'orders'), (client) =>
    client.query('INSERT INTO products SELECT * FROM jsonb_populate_recordset(NULL::products, $1)', [
      products,
    ]),
  );
  await connected(databaseUrl(shop, 'inventory'), (client) =>
    client.query(
      `INSERT INTO stock SELECT (p ->> 'id')::uuid, ${PLENTY}, 0 FROM jsonb_array_elements($1) AS p`,
      [products],
    ),
  );
  return rows.map(({ id }) => id);
}

async function createTopics(brokers: string[]): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({
    topics: Object.values(topics).map((topic) => ({ topic, numPartitions: PARTITIONS })),
  });
  await admin.disconnect();
}
