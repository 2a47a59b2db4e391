import type { Arena } from '../lab/arena.ts';
import { startBare } from '../lab/bare.ts';
import { shopArena, withServicesStopped } from '../lab/shop.ts';
import { type CheckoutRun, checkoutLoad } from '../measure/checkout-load.ts';
import { findSaturation } from '../measure/saturation.ts';
import type { Bench } from './bench.ts';
import { hops, type HopsResult } from './hops.ts';
import { warmUp } from './warm-up.ts';

export interface Side {
  /** On the way to saturation. */
  steps: CheckoutRun[];
  saturation: CheckoutRun;
  /** At a fifth of what the shop confirms a second at saturation, on both sides. */
  fifth: CheckoutRun;
  fixed: CheckoutRun[];
}

export interface CheckoutResult {
  shop: Side;
  bare: Side;
  hops: HopsResult;
}

/** Offered beyond what was confirmed at most, so that saturation is what limits. */
export const MORE = 1.1;

/** The shop and the bare pipeline, one after the other, on the same PostgreSQL and Kafka. */
export async function checkout(bench: Bench): Promise<CheckoutResult> {
  const shop = await measure(bench, await shopArena(bench.shop));
  return withServicesStopped(bench.shop, async () => {
    const arena = await startBare(bench.shop);
    try {
      return { shop, bare: await measure(bench, arena, shop.fifth.rate), hops: await hops(bench) };
    } finally {
      await arena.stop();
    }
  });
}

/** Orders a second at most, of all runs. */
export const mostConfirmed = ({ steps, saturation }: Side): number =>
  Math.max(saturation.confirmedPerSecond, ...steps.map(({ confirmedPerSecond }) => confirmedPerSecond));

/** Orders a second that the shop confirms at most, for scenarios that start from there. */
export async function saturationOf(bench: Bench): Promise<number> {
  return bench.progress.step('Saturation', async (note) => {
    const { best } = await approach(bench, await shopArena(bench.shop), note);
    note(`${Math.round(best)} orders/s`);
    return best;
  });
}

async function approach(bench: Bench, arena: Arena, note: (text: string) => void) {
  const { load, effort } = bench;
  await warmUp(bench, arena, note);
  return findSaturation(150, (rate) => {
    note(`looking for saturation: ${rate} orders/s`);
    return checkoutLoad(arena, load, { rate, seconds: effort.stepSeconds });
  });
}

async function measure(bench: Bench, arena: Arena, fifthRate?: number): Promise<Side> {
  const { load, effort, progress } = bench;
  const run = (rate: number, seconds = effort.measureSeconds) =>
    checkoutLoad(arena, load, { rate: Math.round(rate), seconds });
  return progress.step(`Checkout, ${arena.name}`, async (note) => {
    const { steps, best } = await approach(bench, arena, note);
    note(`at saturation: ${Math.round(best * MORE)} orders/s`);
    const saturation = await run(best * MORE, effort.saturationSeconds);
    const fixed: CheckoutRun[] = [];
    for (const rate of effort.rates) {
      note(`at ${rate} orders/s`);
      fixed.push(await run(rate));
    }
    note('at a fifth of saturation');
    const fifth = await run(fifthRate ?? Math.max(1, saturation.confirmedPerSecond / 5));
    note(`${Math.round(saturation.confirmedPerSecond)} orders/s`);
    return { steps, saturation, fifth, fixed };
  });
}
