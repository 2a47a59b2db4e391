import type { Arena } from '../lab/arena.ts';
import { startBare } from '../lab/bare.ts';
import { shopArena, withServicesStopped } from '../lab/shop.ts';
import { type CheckoutRun, checkoutLoad } from '../measure/checkout-load.ts';
import { findSaturation, type Step } from '../measure/saturation.ts';
import type { Bench } from './bench.ts';

export interface Side {
  steps: Step[];
  saturation: CheckoutRun;
  /** At a fifth of the orders that were confirmed a second at saturation. */
  fifth: CheckoutRun;
  fixed: CheckoutRun[];
}

export interface CheckoutResult {
  shop: Side;
  bare: Side;
}

/** The shop and the bare pipeline, one after the other, on the same PostgreSQL and Kafka. */
export async function checkout(bench: Bench): Promise<CheckoutResult> {
  const shop = await measure(bench, await shopArena(bench.shop));
  const bare = await withServicesStopped(bench.shop, async () => {
    const arena = await startBare(bench.shop);
    try {
      return await measure(bench, arena);
    } finally {
      await arena.stop();
    }
  });
  return { shop, bare };
}

/** Offered beyond what was confirmed at most, so that saturation is what limits. */
const MORE = 1.1;

async function measure({ load, effort, progress }: Bench, arena: Arena): Promise<Side> {
  const run = (rate: number, seconds: number) => checkoutLoad(arena, load, { rate, seconds });
  return progress.step(`Checkout, ${arena.name}`, async (note) => {
    note('warming up');
    await run(100, effort.warmUpSeconds / 2);
    await run(300, effort.warmUpSeconds / 2);
    const { steps, best } = await findSaturation(150, (rate) => {
      note(`looking for saturation: ${rate} orders/s`);
      return run(rate, effort.stepSeconds);
    });
    note(`at saturation: ${Math.round(best)} orders/s`);
    const saturation = await run(Math.round(best * MORE), effort.measureSeconds);
    const fixed: CheckoutRun[] = [];
    for (const rate of effort.rates) {
      note(`at ${rate} orders/s`);
      fixed.push(await run(rate, effort.measureSeconds));
    }
    note('at a fifth of saturation');
    const fifth = await run(Math.round(saturation.confirmedPerSecond / 5), effort.measureSeconds);
    note(`${Math.round(saturation.confirmedPerSecond)} orders/s`);
    return { steps, saturation, fifth, fixed };
  });
}
