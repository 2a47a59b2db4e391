import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOwnedFolder } from '@shop/testing';
import { type Shop, type StartOptions, startShop } from '@shop/tools';
import type { Arena } from './arena.ts';
import { withClient } from './sql.ts';

/** A shop of the benchmark's own, as `npm start` runs one, with commits that reach the disk. */
export async function openShop(options: Partial<StartOptions>): Promise<Shop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shop-bench-'));
  const shop = await startShop({
    dataDir,
    ports: 'random',
    durable: true,
    tracing: false,
    seed: true,
    ...options,
    env: { ...options.env, all: { LOG_LEVEL: 'warn', ...options.env?.all } },
  });
  return {
    ...shop,
    stop: async () => {
      await shop.stop();
      removeOwnedFolder(join(dataDir, 'postgres'));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Stock for as many orders as anybody can place. */
const PLENTY = 500_000_000;

export async function shopArena(shop: Shop): Promise<Arena> {
  await withClient(shop.databaseUrl('inventory'), (client) =>
    client.query(`UPDATE stock SET on_hand = ${PLENTY}`),
  );
  const productIds = await withClient(shop.databaseUrl('orders'), async (client) =>
    (await client.query<{ id: string }>('SELECT id FROM products ORDER BY id')).rows.map(({ id }) => id),
  );
  return {
    name: 'shop',
    gatewayUrl: shop.gatewayUrl,
    ordersUrl: shop.databaseUrl('orders'),
    productIds,
    customers: (count) =>
      Promise.all(
        Array.from({ length: count }, async (_, index) => ({
          authorization: `Bearer ${await shop.token(`customer-${index}`)}`,
        })),
      ),
    processes: () => [
      ...shop.services.flatMap(({ name, processes }) =>
        processes.filter(({ pid }) => pid > 0).map(({ pid }) => ({ name, pid })),
      ),
      { name: 'kafka', pid: shop.kafka.pid },
      { name: 'postgres', pid: shop.postgres.pid, family: true },
    ],
  };
}

/** Everything but PostgreSQL and Kafka is down meanwhile, so that idle services take nothing from what else is measured. */
export async function withServicesStopped<T>(shop: Shop, work: () => Promise<T>): Promise<T> {
  for (const service of shop.services.toReversed()) await service.stop();
  try {
    return await work();
  } finally {
    const gateway = shop.service('gateway');
    await Promise.all(
      shop.services.filter((service) => service !== gateway).map((service) => service.start()),
    );
    await gateway.start();
  }
}
