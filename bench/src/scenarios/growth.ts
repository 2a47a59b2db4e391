import { copyOrders, forgetOrders, keepTemplate, tidy } from '../lab/clones.ts';
import { shopArena } from '../lab/shop.ts';
import { connected } from '@shop/testing';
import { type CheckoutRun, checkoutLoad } from '../measure/checkout-load.ts';
import type { Bench } from './bench.ts';
import { warmUp } from './warm-up.ts';

export interface GrowthResult {
  /** Orders stored before the load. */
  stored: number;
  /** Of the databases that keep them. */
  megabytes: number;
  /** The median by CPU of a few. */
  run: CheckoutRun;
}

const TEMPLATE = 1_000;
/** Copied with one statement. */
const AT_ONCE = 50;

/** The same load again and again, on more and more stored orders. */
export async function growth(bench: Bench, saturation: number): Promise<GrowthResult[]> {
  const { shop, load, effort, progress } = bench;
  const arena = await shopArena(shop);
  // High enough for an order's own work to show, and far from where queues would hide it.
  const rate = Math.round(saturation / 3);
  return progress.step('Growth', async (note) => {
    await warmUp(bench, arena, note);
    await forgetOrders(shop);
    note(`placing ${TEMPLATE} orders to copy`);
    await checkoutLoad(arena, load, {
      rate: Math.round(saturation),
      seconds: TEMPLATE / Math.round(saturation),
    });
    await keepTemplate(shop);
    const results: GrowthResult[] = [];
    let copied = 0;
    for (const goal of effort.growth) {
      const missing = Math.max(0, Math.ceil((goal - (await size(bench)).stored) / TEMPLATE));
      for (const last = copied + missing; copied < last;) {
        note(`storing ${goal} orders, ${last - copied} thousand to go`);
        const hours = Array.from(
          { length: Math.min(AT_ONCE, last - copied) },
          (_, index) => copied + index + 1,
        );
        await copyOrders(shop, hours);
        copied += hours.length;
      }
      await tidy(shop);
      const before = await size(bench);
      const runs: CheckoutRun[] = [];
      for (let round = 0; round < effort.rounds; round++) {
        note(`${goal} orders stored, ${rate} more a second`);
        runs.push(await checkoutLoad(arena, load, { rate, seconds: effort.measureSeconds }));
      }
      runs.sort((a, b) => a.cpuPerOrderTotal - b.cpuPerOrderTotal);
      results.push({ ...before, run: runs[Math.floor((runs.length - 1) / 2)]! });
    }
    note(`to ${results.at(-1)?.stored} orders`);
    return results;
  });
}

async function size({ shop }: Bench): Promise<{ stored: number; megabytes: number }> {
  return connected(shop.databaseUrl('orders'), async (client) => {
    const { rows } = await client.query<{ stored: number; megabytes: number }>(
      `SELECT (SELECT count(*)::int FROM orders) AS stored,
        (SELECT sum(pg_database_size(name)) / 1e6 FROM unnest(ARRAY['orders', 'inventory', 'payments']) AS name)::int AS megabytes`,
    );
    return rows[0]!;
  });
}
