import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '@shop/tools';
import { handled, relayed } from '../lab/outbox.ts';
import { startRawKafka } from '../lab/raw-kafka.ts';
import type { Bench, Effort } from './bench.ts';

export interface MessagingResult {
  messages: number;
  /** Messages a second of plain kafkajs, one process, nothing behind it. */
  raw: { produced: number; consumed: number };
  /** Messages a second out of the catalogue's outbox, and through the inbox and a batch handler of orders. */
  replicas: { replicas: number; relayed: number; consumed: number }[];
}

/**
 * The catalogue's relays send rows that are in its outbox already, while the replicas of orders, which have their partitions, are held;
 * let go, they handle what waits in the topic. The shop has to be started anew afterwards.
 */
export async function messaging(bench: Bench): Promise<MessagingResult> {
  const { shop, effort, progress } = bench;
  const [catalog, orders] = [shop.service('catalog'), shop.service('orders')];
  return progress.step('Messaging', async (note) => {
    note('raw kafkajs');
    const raw = await rawKafka(bench);
    note('warming up');
    await relayed(shop, effort.messages);
    await handled(shop, effort.messages);
    const replicas: MessagingResult['replicas'] = [];
    for (const count of effort.replicas) {
      note(`replicas: ${count}`);
      await Promise.all([scale(catalog, count), scale(orders, count)]);
      await sleep(SETTLE_MS);
      orders.kill('SIGSTOP');
      const sent = await relayed(shop, effort.messages).finally(() => orders.kill('SIGCONT'));
      replicas.push({ replicas: count, relayed: sent, consumed: await handled(shop, effort.messages) });
    }
    note(`${effort.messages} messages each time`);
    return { messages: effort.messages, raw, replicas };
  });
}

/** Until lanes of the outbox, and partitions, have found their owners. */
const SETTLE_MS = 4_000;

/** Leaves so many replicas of a service up. */
async function scale({ processes }: Service, count: number): Promise<void> {
  await Promise.all(
    processes.map(async (process, index) => {
      if (index >= count) return process.stop();
      if (process.pid === 0) process.start();
      return process.ready();
    }),
  );
}

async function rawKafka({ shop, effort: { messages } }: Bench): Promise<MessagingResult['raw']> {
  const raw = await startRawKafka(shop);
  try {
    // The first round only warms up; all of it is there to be consumed.
    await raw.run('produce', messages);
    const produced = (messages * 1_000) / (await raw.run('produce', messages));
    return { produced, consumed: (messages * 2_000) / (await raw.run('consume', messages * 2)) };
  } finally {
    await raw.stop();
  }
}

/** With these the shop has to be started for it. */
export function mostReplicas({ replicas }: Effort): { catalog: number; orders: number } {
  const most = Math.max(...replicas);
  return { catalog: most, orders: most };
}
