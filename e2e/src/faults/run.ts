import { setTimeout as sleep } from 'node:timers/promises';
import { ordersConfirm } from './canary.ts';
import { type Judgement, judge } from './judge.ts';
import { drawKinds, kindsLike } from './kinds/index.ts';
import { Customers, customerName } from './load/customers.ts';
import { Load } from './load/load.ts';
import { addStock, setStage, type Stage } from './load/stage.ts';
import { progressLine } from './progress-line.ts';
import { Random } from './random.ts';
import type { Scene } from './scene.ts';
import { settle } from './settle.ts';
import { type Inflicted, Storm } from './storm.ts';

export interface Result extends Judgement {
  inflicted: Inflicted[];
  accepted: number;
  /** Requests that clients sent again. */
  repeats: number;
  seconds: number;
}

/** Places orders while everything fails, waits until all is quiet, and compares all that was written down. */
export async function run(scene: Scene): Promise<Result> {
  const { book, gateway, options } = scene;
  const stage = await setStage(gateway, scene.tokens.admin, options.orders);
  const load = loadOn(scene, stage);
  const poisoned = new Set<string>();
  const storm = stormOver(scene, stage, poisoned);
  const begun = performance.now();
  await rage(scene, load, storm);
  const seconds = (performance.now() - begun) / 1_000;
  const open = await settle(scene, load);
  const judgement = await judge(scene, { load, storm, stage, poisoned, open });
  return {
    ...judgement,
    inflicted: storm.inflicted,
    accepted: book.accepted.size,
    repeats: gateway.repeats,
    seconds,
  };
}

function loadOn({ gateway, book, tokens, signal, options }: Scene, stage: Stage): Load {
  const { admin, customers } = tokens;
  const { scarce } = stage.shelves;
  const known = { customer: (index: number) => customers[index]!, admin };
  const restock = (index: number) =>
    addStock(gateway, admin, stage, scarce[index % scarce.length]!, 1 + (index % 5));
  return new Load(new Customers(gateway, book, known, signal), stage.shelves, options.seed, restock);
}

function stormOver(scene: Scene, { shelves }: Stage, poisoned: Set<string>): Storm {
  const { book, signal, options, tokens } = scene;
  const { orders, rate, faults, seed } = options;
  const pause = (ms: number) => sleep(ms, undefined, { signal });
  const canary = { token: tokens.customers[0]!, customer: customerName(0), productId: shelves.ample[0]! };
  return new Storm({
    field: { ...scene, poisoned, youngest: () => book.youngest, pause },
    recovered: (until) => ordersConfirm({ ...scene, ...canary, signal: until }),
    seed,
    everyMs: (orders / rate / Math.max(1, faults)) * 1_000,
    signal,
  });
}

/** Orders and faults at the same time, neither ending long before the other. */
function rage({ book, options, progress, signal }: Scene, load: Load, storm: Storm): Promise<void> {
  const { orders, rate, faults, seed, only } = options;
  const allowed = () => (faults === 0 ? orders : Math.ceil((orders * (storm.begun + 1)) / faults));
  const begun = performance.now();
  return progress.step('Orders', async (note) => {
    const tell = () => note(progressLine({ book, load, storm, begun }));
    const telling = process.stdout.isTTY
      ? setInterval(tell, 500)
      : setInterval(() => progress.line(`    ${progressLine({ book, load, storm, begun })}`), 10_000);
    try {
      const kinds = drawKinds(new Random(seed), faults, kindsLike(only));
      // Also when the run is given up: what a fault did is undone before the shop is stopped.
      const ends = await Promise.allSettled([load.run({ orders, rate, allowed }, signal), storm.run(kinds)]);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    } finally {
      clearInterval(telling);
      tell();
    }
  });
}
