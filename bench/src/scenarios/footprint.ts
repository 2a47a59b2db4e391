import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '@shop/contracts';
import { shopArena } from '../lab/shop.ts';
import { sizesOf } from '../lab/sizes.ts';
import { checkoutLoad, orderStream } from '../measure/checkout-load.ts';
import { type Memory, memoryOf } from '../measure/memory.ts';
import type { Bench } from './bench.ts';

export interface FootprintResult {
  /** Seconds from nothing running until every service said that it was ready. */
  readySeconds: number;
  /** Until an order that was placed then was CONFIRMED. */
  firstOrderSeconds: number;
  /** Megabytes: at rest after the start, and after a load. */
  atRest: Memory[];
  loaded: Memory[];
  /** Megabytes on disk. */
  sizes: Record<string, number>;
}

/** Of a shop that was started this many seconds ago, on the data and with the caches of an earlier run, as every start but the first is. */
export async function footprint(
  { shop, load, effort, progress }: Bench,
  started: { since: number; readySeconds: number },
): Promise<FootprintResult> {
  return progress.step('Footprint', async (note) => {
    const arena = await shopArena(shop);
    await firstOrder(orderStream(arena, 1));
    const firstOrderSeconds = (performance.now() - started.since) / 1_000;
    note('at rest');
    await sleep(3_000);
    const atRest = memoryOf(arena.processes());
    note('under load');
    await checkoutLoad(arena, load, { rate: 50, seconds: effort.measureSeconds });
    const loaded = memoryOf(arena.processes());
    note(`first order after ${firstOrderSeconds.toFixed(1)} s`);
    return { readySeconds: started.readySeconds, firstOrderSeconds, atRest, loaded, sizes: sizesOf(shop) };
  });
}

async function firstOrder({ url, headers, bodies }: ReturnType<typeof orderStream>): Promise<void> {
  const own = { ...headers?.[0], 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const placed = await fetch(`${url}/v1/orders`, { method: 'POST', headers: own, body: bodies?.[0] });
  const { id } = (await placed.json()) as Order;
  for (;;) {
    const order = (await (await fetch(`${url}/v1/orders/${id}`, { headers: own })).json()) as Order;
    if (order.status === 'CONFIRMED') return;
    if (order.status !== 'PENDING') throw new Error(`the first order ended ${order.status}`);
    await sleep(20);
  }
}
