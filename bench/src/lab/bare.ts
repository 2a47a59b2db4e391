import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, startDaemon, stopProcess, tail } from '@shop/testing';
import type { Shop } from '@shop/tools';
import kafkajs from 'kafkajs';
import { type BareDatabase, schemas, topics } from '../bare/schema.ts';
import type { Arena } from './arena.ts';
import { withClient } from './sql.ts';

const names = ['psp', 'inventory', 'orders', 'payments', 'notifications', 'gateway'] as const;
const PLENTY = 500_000_000;
const PARTITIONS = 6;

interface Running {
  name: string;
  child: ChildProcess;
  file: string;
}

/** The bare pipeline on the shop's own PostgreSQL and Kafka, in databases and topics of its own. */
export async function startBare(shop: Shop): Promise<Arena & { stop(): Promise<void> }> {
  await Promise.all([createDatabases(shop), createTopics(shop)]);
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await freePort());
  const url = (name: string) => `http://127.0.0.1:${ports.get(name)}`;
  const folder = join(shop.dataDir, 'bare');
  mkdirSync(join(folder, 'mail'), { recursive: true });
  const env = {
    ...process.env,
    ...nodeSettings(shop).env,
    NODE_ENV: 'production',
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    KAFKA_BROKERS: shop.brokers.join(','),
    ORDERS_URL: url('orders'),
    PSP_URL: url('psp'),
    WEBHOOK_URL: url('payments'),
    JOURNAL: join(folder, 'psp.jsonl'),
    MAIL_DIR: join(folder, 'mail'),
  };
  const running: Running[] = names.map((name) => {
    const file = fileURLToPath(new URL(`../bare/${name}.ts`, import.meta.url));
    const own = {
      SERVICE: name,
      PORT: String(ports.get(name)),
      DATABASE_URL: databaseUrl(shop, name as BareDatabase),
    };
    const logFile = join(folder, `${name}.log`);
    const args = [...nodeSettings(shop).flags, file];
    return {
      name,
      file,
      child: startDaemon({ command: process.execPath, args, env: { ...env, ...own }, logFile }),
    };
  });
  const stop = async () =>
    void (await Promise.all(running.map(({ child, file }) => stopProcess(child.pid ?? 0, file))));
  try {
    await Promise.all(names.map((name) => up(url(name), join(folder, `${name}.log`))));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...arenaOf(shop, url('gateway'), running), productIds: await copyProducts(shop), stop };
}

const arenaOf = (shop: Shop, gatewayUrl: string, running: Running[]) => ({
  name: 'bare',
  gatewayUrl,
  ordersUrl: databaseUrl(shop, 'orders'),
  customers: (count: number) =>
    Promise.resolve(Array.from({ length: count }, (_, index) => ({ customer: `customer-${index}` }))),
  processes: () => [
    ...running.map(({ name, child }) => ({
      name: name === 'psp' ? 'psp-sandbox' : name,
      pid: child.pid ?? 0,
    })),
    { name: 'kafka', pid: shop.kafka.pid },
    { name: 'postgres', pid: shop.postgres.pid, family: true },
  ],
});

/** The services' own limits on memory, which cost speed, hold for both sides. */
function nodeSettings(shop: Shop): { flags: string[]; env: Record<string, string | undefined> } {
  const { args, env } = shop.service('orders').processes[0]!.spec;
  return {
    flags: args.filter((argument) => /^--(max|disable)-/.test(argument)),
    env: { MALLOC_ARENA_MAX: env['MALLOC_ARENA_MAX'], NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] },
  };
}

const databaseUrl = (shop: Shop, name: BareDatabase): string =>
  shop.databaseUrl('orders').replace(/\/orders$/, `/bare_${name}`);

async function createDatabases(shop: Shop): Promise<void> {
  for (const name of Object.keys(schemas) as BareDatabase[]) {
    await withClient(shop.postgres.adminUrl, (client) => client.query(`CREATE DATABASE bare_${name}`));
    await withClient(databaseUrl(shop, name), (client) => client.query(schemas[name]));
  }
}

/** The shop's catalogue, so that both sides sell the same. */
async function copyProducts(shop: Shop): Promise<string[]> {
  const { rows } = await withClient(shop.databaseUrl('orders'), (client) =>
    client.query<{ id: string }>('SELECT id, sku, name, price_amount, currency FROM products ORDER BY id'),
  );
  const products = JSON.stringify(rows);
  await withClient(databaseUrl(shop, 'orders'), (client) =>
    client.query('INSERT INTO products SELECT * FROM jsonb_populate_recordset(NULL::products, $1)', [
      products,
    ]),
  );
  await withClient(databaseUrl(shop, 'inventory'), (client) =>
    client.query(
      `INSERT INTO stock SELECT (p ->> 'id')::uuid, ${PLENTY}, 0 FROM jsonb_array_elements($1) AS p`,
      [products],
    ),
  );
  return rows.map(({ id }) => id);
}

async function createTopics(shop: Shop): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: shop.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({
    topics: Object.values(topics).map((topic) => ({ topic, numPartitions: PARTITIONS })),
  });
  await admin.disconnect();
}

const up = (url: string, logFile: string) =>
  eventually(() => fetch(url, { signal: AbortSignal.timeout(1_000) }), {
    timeoutMs: 30_000,
    everyMs: 100,
    message: `a process of the bare pipeline did not start:\n${tail(logFile, 10)}`,
  });
