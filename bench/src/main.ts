import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { terminalProgress } from '@shop/tools';
import { openShop } from './lab/shop.ts';
import { LoadProcess } from './load/load-process.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { type Bench, full, quick } from './scenarios/bench.ts';
import { checkout, type Side } from './scenarios/checkout.ts';

function options(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

const { help, quick: short, only, out } = options();
if (help) {
  console.log(usage);
  process.exit();
}

const progress = terminalProgress();
const load = new LoadProcess();
const shop = await openShop({ progress });
try {
  const bench: Bench = { shop, load, progress, effort: short ? quick : full };
  const results: Record<string, unknown> = {};
  if (only.includes('checkout')) {
    const result = await checkout(bench);
    results['checkout'] = result;
    for (const [name, side] of Object.entries<Side>({ ...result })) {
      for (const run of [side.saturation, side.fifth, ...side.fixed])
        console.log(
          name.padEnd(5),
          `${run.rate}/s → ${run.confirmedPerSecond.toFixed(0)}/s, shed ${run.shed}, failed ${run.failed},`,
          `202 p50 ${run.toAccepted.p50.toFixed(1)} p99 ${run.toAccepted.p99.toFixed(1)}, CONFIRMED p50 ${run.toConfirmed.p50.toFixed(1)} p99 ${run.toConfirmed.p99.toFixed(1)} ms,`,
          `CPU/order ${run.cpuPerOrderTotal.toFixed(2)} ms`,
          Object.entries(run.cpuPerOrder)
            .map(([process, ms]: [string, number]) => `${process} ${ms.toFixed(2)}`)
            .join(' '),
          `| generator ${run.generator.cores.toFixed(2)} cores, lag p99 ${run.generator.lag.p99.toFixed(1)} ms, others ${run.foreignCores.toFixed(2)} cores`,
        );
    }
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'results.json'), JSON.stringify(results, null, 2));
} finally {
  load.stop();
  await shop.stop();
}
