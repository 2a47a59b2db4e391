import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOnSignals, paint, StartError, terminalProgress } from '@shop/tools';
import { optionsOrExit } from '../support/options.ts';
import { commandFor, parseOptions, usage } from './options.ts';
import { markdown } from './report/markdown.ts';
import { checksTable, faultsTable, summary } from './report/tables.ts';
import { run } from './run.ts';
import { openScene } from './scene.ts';
import { newDataFolder, startFragileShop } from './shop.ts';

const options = optionsOrExit(parseOptions, usage);
const progress = terminalProgress();
const dataDir = newDataFolder();
const signal = endOnSignals(dataDir, progress);
const command = commandFor(options);
let keep = options.keep;

try {
  progress.line(`\n${paint.bold('faults')} ${paint.dim(command)}\n`);
  const fragile = await startFragileShop(dataDir, progress, signal);
  try {
    const scene = await openScene(fragile, options, progress, signal);
    const result = await run(scene).finally(() => scene.leave());
    const broken = result.verdicts.some((verdict) => verdict.broken > 0);
    progress.line(
      `\n${faultsTable(result.inflicted)}\n\n${checksTable(result.verdicts)}\n\n${summary(result)}\n`,
    );
    if (options.report) writeFileSync(options.report, markdown(result, command));
    if (broken) {
      keep = true;
      process.exitCode = 1;
      writeFileSync(join(dataDir, 'history.txt'), result.history);
      progress.line(`${result.history}\n\n${paint.red('Violations.')} Again with: ${command}\n`);
    }
  } finally {
    await fragile.stop();
  }
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 1;
  if (!signal.aborted) {
    keep = true;
    console.error(
      `\n${paint.red(error instanceof StartError ? error.message : String((error as Error).stack))}`,
    );
  }
}
if (keep) console.log(`\nAll data is in ${dataDir}`);
else rmSync(dataDir, { recursive: true, force: true });
process.exit();
