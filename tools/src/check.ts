import { styleText } from 'node:util';
import { steps } from './checks/steps.ts';

const root = new URL('../..', import.meta.url).pathname;
const args = process.argv.slice(2);

const help = `Usage: npm run check [-- STEP…]

Checks everything that needs no server; the same here and in CI. Without names, all steps:
${steps.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n')}

Exit codes: 0 everything holds, 1 something does not, 2 wrong usage.`;

const unknown = args.filter((arg) => !steps.some(({ name }) => name === arg));
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
} else if (unknown.length) {
  console.error(`Unknown: ${unknown.join(', ')}\n\n${help}`);
  process.exitCode = 2;
} else {
  process.exitCode = await check(steps.filter(({ name }) => !args.length || args.includes(name)));
}

async function check(chosen: typeof steps): Promise<number> {
  const failed: string[] = [];
  const started = performance.now();
  for (const { name, what, advice, run } of chosen) {
    process.stdout.write(`  ${name.padEnd(12)}${what} … `);
    const stepStarted = performance.now();
    const faults = await run(root).catch((error: Error) => [String(error.stack ?? error)]);
    console.log(
      `${faults.length ? styleText('red', 'failed') : styleText('green', 'ok')} (${seconds(stepStarted)})`,
    );
    if (!faults.length) continue;
    failed.push(name);
    console.log(`\n${faults.join('\n')}\n\n${styleText('yellow', `→ ${advice}`)}\n`);
  }
  const verdict = failed.length
    ? styleText('red', `failed: ${failed.join(', ')}`)
    : styleText('green', 'everything holds');
  console.log(`\n${verdict} (${seconds(started)})`);
  return failed.length ? 1 : 0;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
