import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { StartError } from './runner/settings.ts';
import { lines } from './verify/lines/index.ts';
import { help, optionsFrom } from './verify/options.ts';
import { observeAll, openStage } from './verify/run.ts';
import { writeReport } from './verify/report.ts';
import { stopOnSignals } from './verify/stop.ts';
import { table } from './verify/table.ts';
import { versions } from './verify/versions.ts';

const options = optionsFrom(process.argv.slice(2), lines);
if ('wrong' in options) {
  console.error(`${options.wrong}\n\n${help(lines)}`);
  process.exitCode = 2;
} else if ('help' in options) console.log(help(lines));
else {
  const progress = terminalProgress();
  const signal = stopOnSignals();
  try {
    const started = new Date();
    const stage = await openStage(options, progress, signal);
    const outcomes = await observeAll(stage, options.lines);
    progress.line(`\n${table(outcomes)}\n`);
    if (options.report && !signal.aborted)
      await writeReport(options.report, {
        overlay: stage.overlay,
        started,
        versions: await versions(),
        outcomes,
      });
    process.exitCode = signal.aborted ? 130 : outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`\n${paint.red(error.message)}\n`);
    process.exitCode = 1;
  }
}
