import { terminalProgress } from '@shop/tools';
import { Lab } from './lab/lab.ts';
import { stopOpponents } from './lab/opponent.ts';
import { LoadProcess } from './load/load-process.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { disturbance } from './report/disturbance.ts';
import { floorsOf } from './report/floors.ts';
import { floorTable } from './report/table.ts';
import { writeReport } from './report/write-report.ts';
import { measureAll } from './run.ts';

function options(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

const given = options();
if (given.help) {
  console.log(usage);
  process.exit();
}

const progress = terminalProgress();
const lab = new Lab(progress);
const load = new LoadProcess();
const leave = async () => {
  load.stop();
  await stopOpponents();
  await lab.close();
};
lab.interrupted.addEventListener('abort', () => void leave().finally(() => process.exit(130)));

try {
  progress.line(`\nMeasuring ${given.only.join(', ')}${given.quick ? ', quickly' : ''}\n`);
  const results = await measureAll(given, { lab, load, progress });
  const failed = Object.entries(results.failures);
  const report = writeReport(results, given.out);
  progress.line(`\n${floorTable(floorsOf(results))}\n`);
  const disturbed = disturbance(results);
  if (disturbed) progress.line(`${disturbed}\n`);
  for (const [name, reason] of failed) console.error(`${name} could not be measured: ${reason}`);
  progress.line(`${report}, after ${results.minutes.toFixed(1)} minutes\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  // What fails while everything is being stopped is no news.
  if (!lab.interrupted.aborted) throw error;
} finally {
  await leave();
}
