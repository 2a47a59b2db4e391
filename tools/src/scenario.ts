import { parseArgs } from 'node:util';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { play } from './scenarios/stage.ts';
import { stopOnSignals } from './verify/stop.ts';

const help = `Usage: npm run scenario -- NAME…

Plays scenarios of istio/scenarios on the shop in the cluster that kubectl's context names: applies the folder, drives traffic,
checks what comes of it, and leaves everything as it was found. Without names it lists them; "all" plays every one.

${scenarios.map(({ name }) => `  ${name}`).join('\n')}

Exit codes: 0 everything was as expected, 1 something was not, 2 wrong usage, 130 stopped.`;

const names = namesGiven();
const unknown = names.filter(
  (name) => name !== 'all' && !scenarios.some((scenario) => scenario.name === name),
);
if (unknown.length) {
  console.error(`there is no scenario ${unknown.join(', ')}\n\n${help}`);
  process.exitCode = 2;
} else if (!names.length) console.log(help);
else
  process.exitCode = await playAll(
    scenarios.filter(({ name }) => names.includes('all') || names.includes(name)),
  );

async function playAll(chosen: typeof scenarios): Promise<number> {
  const progress = terminalProgress();
  const stop = stopOnSignals();
  let failed = 0;
  for (const scenario of chosen) {
    try {
      await progress.step(scenario.name, async (note) => note(await play(scenario, note, stop)));
    } catch (error) {
      failed += 1;
      progress.line(`\n${paint.red((error as Error).message)}\n`);
    }
    if (stop.aborted) return 130;
  }
  return failed ? 1 : 0;
}

function namesGiven(): string[] {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    return values.help ? [] : positionals;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}
