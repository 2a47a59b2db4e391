import './quiet.ts';
import { Crew } from './command/crew.ts';
import { mutationTable } from './command/mutation-table.ts';
import { type Options, readOptions, usage } from './command/options.ts';
import { ProgressLine } from './command/progress.ts';
import { coverageReport, missed, violationReport } from './command/report.ts';
import { bold, duration, green, plural, red, whole } from './command/text.ts';
import { explore } from './schedule/explore.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // Below the line that says how far it came.
    process.stdout.write('\n');
    process.exit(130);
  });
}
process.exitCode = await main();

async function main(): Promise<number> {
  let options: Options | undefined;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (!options) {
    console.log(usage);
    return 0;
  }
  if (options.mutations) return (await mutationTable(options.seed)) ? 0 : 1;
  return options.path === undefined ? simulate(options) : repeat({ ...options, path: options.path });
}

async function repeat({ seed, path, mutate }: Options & { path: string }): Promise<number> {
  const found = await explore({ schedules: 1, seed, path, mutation: mutate, endOnFailure: true }, {});
  console.log(
    found
      ? violationReport(found, seed, mutate)
      : `${green('✓')} no violation under this seed and path any more`,
  );
  return found ? 1 : 0;
}

async function simulate(options: Options): Promise<number> {
  const { schedules, seed, workers, mutate } = options;
  const broken = mutate ? `, broken on purpose: ${bold(mutate)}` : '';
  console.log(`${plural(schedules, 'schedule')} of seed ${seed} on ${plural(workers, 'thread')}${broken}`);
  const progress = new ProgressLine(schedules);
  const crew = new Crew(options, { ran: (more) => progress.add(more), failed: () => progress.fail() });
  const { found, tally, schedules: ran } = await crew.run();
  progress.end();
  const pace = `${duration(progress.elapsedMs)}, ${whole(progress.rate)}/s`;
  if (found) {
    console.log(
      `${violationReport(found, found.seed, mutate)}\n\n1 violation after ${plural(ran, 'schedule')} (${pace})`,
    );
    return 1;
  }
  console.log(
    `${green('✓')} ${plural(ran, 'schedule')}, ${bold('0 violations')} (${pace})\n${coverageReport(tally)}`,
  );
  const unseen = missed(tally, schedules);
  if (unseen.length > 0)
    console.log(`\n${red('✗')} never seen, so nothing is proved about it: ${unseen.join(', ')}`);
  return unseen.length > 0 ? 1 : 0;
}
