import type { Arena } from '../lab/arena.ts';
import type { Sent, Stream } from '../load/job.ts';
import type { LoadProcess } from '../load/load-process.ts';
import { endedOrders, type StoredOrder } from './confirmations.ts';
import { machineBusyMs, watchCpu } from './cpu.ts';
import { type Quantiles, quantiles } from './quantiles.ts';
import { answersOf, type Answers, refused } from './answers.ts';

export interface CheckoutRun {
  rate: number;
  seconds: number;
  accepted: number;
  /** Refused for lack of room (429, 503). */
  shed: number;
  failed: number;
  confirmed: number;
  /** While load was applied: without the first third, which fills the pipeline, and without what was confirmed after the load. */
  confirmedPerSecond: number;
  /** Accepted orders that were still under way when the load ended. */
  backlog: number;
  /** Milliseconds from the intended send time. */
  toAccepted: Quantiles;
  toConfirmed: Quantiles;
  /** Milliseconds of CPU per confirmed order by process, until the last of them was confirmed. */
  cpuPerOrder: Record<string, number>;
  cpuPerOrderTotal: number;
  generator: { cores: number; lag: Quantiles };
  /** Cores that others than the arena and the generator kept busy meanwhile. */
  foreignCores: number;
  /** What became of the streams beside the orders. */
  beside: Record<string, Answers>;
}

/** Two lines of two products, both of a few hundred baskets taken in turn. */
export function orderStream({ productIds, gatewayUrl, customers }: Arena, rate: number): Stream {
  const bodies = Array.from({ length: 499 }, (_, index) =>
    JSON.stringify({
      lines: [
        { productId: productIds[(index * 7) % productIds.length], quantity: 1 },
        { productId: productIds[(index * 7 + 1 + (index % 13)) % productIds.length], quantity: 2 },
      ],
      paymentToken: 'tok_ok',
      shippingAddress: { name: 'Bench', street: '1 Loop', city: 'Lyon', postalCode: '69001', country: 'FR' },
    }),
  );
  const paths = ['/v1/orders'];
  return {
    name: 'checkout',
    url: gatewayUrl,
    pace: { rate },
    method: 'POST',
    paths,
    headers: customers,
    bodies,
  };
}

/** Places orders at a constant rate, and finds out afterwards, in one look at the database, what became of them. */
export async function checkoutLoad(
  arena: Arena,
  load: LoadProcess,
  { rate, seconds, beside = [] }: { rate: number; seconds: number; beside?: Stream[] },
): Promise<CheckoutRun> {
  const spent = watchCpu(arena.processes());
  const [busy, since] = [machineBusyMs(), performance.now()];
  const streams = [orderStream(arena, rate), ...beside];
  const { streams: sent, endedAt, startedAt, generator } = await load.run({ seconds, streams });
  const [checkout, ...others] = sent as [Sent, ...Sent[]];
  const orders = await endedOrders(arena.ordersUrl, checkout.ids.filter(Boolean));
  const cpu = spent();
  const elapsed = performance.now() - since;
  const run = outcome(checkout, orders, startedAt, endedAt);
  const total = Object.values(cpu).reduce((sum, ms) => sum + ms, 0);
  return {
    rate,
    seconds,
    ...run,
    cpuPerOrder: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, ms / run.confirmed])),
    cpuPerOrderTotal: total / run.confirmed,
    generator: { cores: generator.cpuMs / (seconds * 1_000), lag: generator.lag },
    foreignCores: Math.max(0, machineBusyMs() - busy - total - generator.cpuMs) / elapsed,
    beside: Object.fromEntries(others.map((other) => [other.name, answersOf(other, seconds)])),
  };
}

/** What a client and the database tell together. */
export function outcome(
  sent: Sent,
  orders: ReadonlyMap<string, StoredOrder>,
  startedAt: number,
  endedAt: number,
) {
  const toAccepted: number[] = [];
  const toConfirmed: number[] = [];
  const full = startedAt + (endedAt - startedAt) / 3;
  let [shed, failed, late, inTime] = [0, 0, 0, 0];
  for (const [index, status] of sent.status.entries()) {
    if (refused(status)) shed++;
    else if (status !== 202) failed++;
    if (status !== 202) continue;
    toAccepted.push(sent.latency[index]!);
    const order = orders.get(sent.ids[index]!);
    if (order?.status !== 'CONFIRMED') continue;
    toConfirmed.push(order.updatedAt - sent.intended[index]!);
    if (order.updatedAt > endedAt) late++;
    else if (order.updatedAt > full) inTime++;
  }
  return {
    accepted: toAccepted.length,
    shed,
    failed,
    confirmed: toConfirmed.length,
    confirmedPerSecond: (inTime * 1_000) / (endedAt - full),
    backlog: late,
    toAccepted: quantiles(toAccepted),
    toConfirmed: quantiles(toConfirmed),
  };
}
