import type { Progress } from '@shop/tools';
import type { Lab } from './lab/lab.ts';
import { describeMachine } from './lab/machine.ts';
import type { LoadProcess } from './load/load-process.ts';
import type { Options, ScenarioName } from './options.ts';
import type { Results } from './report/results.ts';
import { type Bench, full, quick } from './scenarios/bench.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { checkout, mostConfirmed, saturationOf } from './scenarios/checkout.ts';
import { footprint } from './scenarios/footprint.ts';
import { generator } from './scenarios/generator.ts';
import { growth } from './scenarios/growth.ts';
import { messaging, mostReplicas } from './scenarios/messaging.ts';
import { overload } from './scenarios/overload.ts';
import { tracing } from './scenarios/tracing.ts';

/** Runs what is wanted. A scenario that fails does not spare the others, and is named in the results. */
export async function measureAll(
  { quick: short, only }: Options,
  { lab, load, progress }: { lab: Lab; load: LoadProcess; progress: Progress },
): Promise<Results> {
  const began = performance.now();
  const effort = short ? quick : full;
  const bench: Bench = {
    load,
    progress,
    effort,
    shop: await lab.open(only.includes('messaging') ? mostReplicas(effort) : {}),
  };
  const results: Results = {
    machine: await describeMachine(bench.shop),
    quick: short,
    minutes: 0,
    failures: {},
  };
  const wanted = async (name: ScenarioName, work: () => Promise<void>) => {
    if (!only.includes(name)) return;
    await work().catch((error: unknown) => {
      lab.interrupted.throwIfAborted();
      results.failures[name] = error instanceof Error ? error.message : String(error);
    });
  };

  await wanted('messaging', async () => void (results.messaging = await messaging(bench)));
  if (only.includes('messaging') || only.includes('footprint')) {
    const { since, readySeconds } = await restart(bench, lab);
    await wanted('footprint', async () => {
      results.footprint = await footprint(bench, { since, readySeconds });
    });
  }
  results.generator = await generator(bench);
  await wanted('checkout', async () => void (results.checkout = await checkout(bench)));
  let known = results.checkout && mostConfirmed(results.checkout.shop);
  const saturation = async () => enough((known ??= await saturationOf(bench)));
  await wanted('catalogue', async () => void (results.catalogue = await catalogue(bench)));
  await wanted('overload', async () => void (results.overload = await overload(bench, await saturation())));
  await wanted('growth', async () => void (results.growth = await growth(bench, await saturation())));
  // It restarts everything, which then has to be warmed up anew.
  await wanted('tracing', async () => void (results.tracing = await tracing(bench, await saturation())));
  results.minutes = (performance.now() - began) / 60_000;
  return results;
}

const LEAST = 5;

/** What starts from saturation would wait for ever for a shop that stands still. */
function enough(confirmedPerSecond: number): number {
  if (confirmedPerSecond >= LEAST) return confirmedPerSecond;
  throw new Error(
    `at most ${confirmedPerSecond.toFixed(1)} orders a second were confirmed; is the machine busy?`,
  );
}

/** The shop anew, with one process of each service. */
async function restart(bench: Bench, lab: Lab): Promise<{ since: number; readySeconds: number }> {
  await lab.stop();
  const since = performance.now();
  bench.shop = await lab.open();
  return { since, readySeconds: (performance.now() - since) / 1_000 };
}
