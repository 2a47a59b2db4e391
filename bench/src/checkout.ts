import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopClient } from './client.ts';
import { openLoop, quantiles } from './open-loop.ts';

export interface CheckoutResult {
  placed: number;
  shed: number;
  confirmed: number;
  /** Milliseconds from the intended send time to the 202. */
  accepted: ReturnType<typeof quantiles>;
  /** Milliseconds from the order's row to its final state, by the database's clock. */
  ended: ReturnType<typeof quantiles>;
}

/** Places orders for one product at a constant rate and waits until each has ended. */
export async function checkout(
  client: ShopClient,
  options: { rate: number; seconds: number },
): Promise<CheckoutResult> {
  const productId = await client.createProduct(options.rate * options.seconds + 1000);
  const latencies: number[] = [];
  const ids: string[] = [];
  await openLoop(options.rate, options.seconds, async (intended) => {
    const id = await client.placeOrder(productId);
    if (!id) return;
    latencies.push(performance.now() - intended);
    ids.push(id);
  });
  const orders = await Promise.all(ids.map((id) => untilEnded(client, id)));
  return {
    placed: ids.length,
    shed: Math.round(options.rate * options.seconds) - ids.length,
    confirmed: orders.filter(({ status }) => status === 'CONFIRMED').length,
    accepted: quantiles(latencies),
    ended: quantiles(orders.map(({ createdAt, updatedAt }) => Date.parse(updatedAt) - Date.parse(createdAt))),
  };
}

async function untilEnded(client: ShopClient, id: string) {
  for (let tries = 0; tries < 600; tries++) {
    const order = await client.order(id);
    if (order.status !== 'PENDING') return order;
    await sleep(100);
  }
  throw new Error(`order ${id} has not ended after a minute`);
}
