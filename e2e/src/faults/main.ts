import { rmSync } from 'node:fs';
import { endOnSignals, paint, StartError, terminalProgress } from '@shop/tools';
import { type Options, parseOptions, usage, UsageError } from './options.ts';
import { checksTable, faultsTable, summary } from './report/tables.ts';
import { run } from './run.ts';
import { newDataFolder, startFragileShop } from './shop.ts';

function optionsOrExit(): Options {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== 'help') return options;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

const options = optionsOrExit();
const progress = terminalProgress();
const dataDir = newDataFolder();
const signal = endOnSignals(dataDir, progress);
const command = `npm run faults -- --orders ${options.orders} --faults ${options.faults} --seed ${options.seed} --rate ${options.rate}`;
let keep = options.keep;

try {
  progress.line(`\n${paint.bold('faults')} ${paint.dim(command)}\n`);
  const fragile = await startFragileShop(dataDir, progress, signal);
  try {
    const result = await run(fragile, options, progress, signal);
    const broken = result.verdicts.some((verdict) => verdict.broken > 0);
    progress.line(
      `\n${faultsTable(result.inflicted)}\n\n${checksTable(result.verdicts)}\n\n${summary(result)}\n`,
    );
    if (broken) {
      keep = true;
      process.exitCode = 1;
      progress.line(`${paint.red('Violations.')} Again with: ${command}\nAll data is in ${dataDir}\n`);
    }
  } finally {
    await fragile.stop();
  }
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 1;
  if (!signal.aborted) {
    keep = true;
    console.error(
      `\n${paint.red(error instanceof StartError ? error.message : String((error as Error).stack))}\nAll data is in ${dataDir}\n`,
    );
  }
}
if (!keep) rmSync(dataDir, { recursive: true, force: true });
process.exit();
