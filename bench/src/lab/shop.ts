import type { Shop } from '@shop/tools';
import { type Arena, CUSTOMERS, PLENTY } from './arena.ts';
import { connected } from '@shop/testing';

/** The shop as what takes orders. All of its products are in stock. */
export async function shopArena(shop: Shop): Promise<Arena> {
  await connected(shop.databaseUrl('inventory'), (client) =>
    client.query(`UPDATE stock SET on_hand = ${PLENTY} WHERE on_hand < ${PLENTY} / 2`),
  );
  const productIds = await connected(shop.databaseUrl('orders'), async (client) =>
    (await client.query<{ id: string }>('SELECT id FROM products ORDER BY id')).rows.map(({ id }) => id),
  );
  const customers = await Promise.all(
    Array.from({ length: CUSTOMERS }, async (_, index) => ({
      authorization: `Bearer ${await shop.token(`customer-${index}`)}`,
    })),
  );
  return {
    name: 'shop',
    gatewayUrl: shop.gatewayUrl,
    ordersUrl: shop.databaseUrl('orders'),
    productIds,
    customers,
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
  const up = upNow(shop);
  await stopServices(up);
  try {
    return await work();
  } finally {
    await startServices(up);
  }
}

/** Every process that runs is stopped and started again. */
export async function restartServices(shop: Shop): Promise<void> {
  const up = upNow(shop);
  await stopServices(up);
  await startServices(up);
}

const upNow = ({ services }: Shop) =>
  services.flatMap(({ processes }) => processes).filter(({ pid }) => pid > 0);
type Processes = ReturnType<typeof upNow>;

async function stopServices(processes: Processes): Promise<void> {
  const [gateway, behind] = split(processes);
  await Promise.all(gateway.map((process) => process.stop()));
  await Promise.all(behind.map((process) => process.stop()));
}

async function startServices(processes: Processes): Promise<void> {
  const [gateway, behind] = split(processes);
  for (const group of [behind, gateway]) {
    for (const process of group) process.start();
    await Promise.all(group.map((process) => process.ready()));
  }
}

/** The door is closed first and opened last. */
const split = (processes: Processes): [gateway: Processes, behind: Processes] => [
  processes.filter(({ spec }) => spec.name === 'gateway'),
  processes.filter(({ spec }) => spec.name !== 'gateway'),
];
