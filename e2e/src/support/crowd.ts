import { setTimeout as sleep } from 'node:timers/promises';
import { newId, type Order, type PlaceOrder } from '@shop/contracts';
import type { Client } from './client.ts';
import { orderById, place } from './orders.ts';

export interface Placed {
  customer: Client;
  order: Order;
}

/**
 * Places an order as a well-behaved client does: told to come back later, or cut off, it repeats the request with its key,
 * and waits longer each time.
 */
export async function placePatiently(
  customer: Client,
  order: PlaceOrder,
  patienceMs = 90_000,
): Promise<Placed> {
  const [key, end] = [newId(), performance.now() + patienceMs];
  for (let attempt = 1; ; attempt++) {
    const answer = await place(customer, order, key).catch(() => undefined);
    if (answer?.status === 202) return { customer, order: answer.body };
    const again = answer === undefined || [409, 503, 504].includes(answer.status);
    if (!again || performance.now() > end)
      throw new Error(`could not order: ${answer?.status} ${JSON.stringify(answer?.body)}`);
    const pauseMs = 1_000 * Number(answer?.headers.get('retry-after') ?? 0.2) * Math.min(attempt, 3);
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

/** Waits until all these orders have ended, asking for a few at a time. */
export async function untilAllEnded(placed: readonly Placed[], patienceMs = 90_000): Promise<Placed[]> {
  const end = performance.now() + patienceMs;
  const ended: Placed[] = [];
  let open = [...placed];
  while (open.length > 0) {
    const now = await inGroupsOf(20, open, ask);
    ended.push(...now.filter(({ order }) => order.status !== 'PENDING'));
    open = now.filter(({ order }) => order.status === 'PENDING');
    if (open.length > 0 && performance.now() > end)
      throw new Error(`${open.length} orders did not end: ${open[0]!.order.id}, …`);
    await sleep(100);
  }
  return ended;
}

/** A service that is just coming back is no news about an order. */
const ask = async ({ customer, order }: Placed): Promise<Placed> => ({
  customer,
  order: await orderById(customer, order.id).catch(() => order),
});

/** Like Promise.all, but with only so many at a time. */
export async function inGroupsOf<T, R>(
  size: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return results;
}
