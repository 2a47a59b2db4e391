import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { kinds, runJest, type Kind } from './testing/jest.ts';
import { add, summary, type Tally } from './testing/tally.ts';

const help = `Usage: npm test [-- KIND…] [-- JEST ARGUMENT…]

Runs the tests: ${kinds.join(', ')} (all of them by default; e2e builds first). Whatever else is given goes to Jest:
  npm test -- unit libs/contracts
  npm test -- int -t 'deadlock'

PostgreSQL and Kafka are started for the run. SHOP_TEST_POSTGRES (a superuser's URL) and SHOP_TEST_KAFKA (brokers) name running
ones instead; SHOP_TESTS_INFRA=embedded or containers forces the way they are started.

Ends with one line "N passed, N failed". Exit codes: 0 everything passed, 1 something failed or nothing ran, 130 interrupted.`;

const root = new URL('../..', import.meta.url).pathname;
const args = process.argv.slice(2).filter((arg) => arg !== '--');
const isKind = (arg: string): arg is Kind => kinds.some((kind) => kind === arg);
const chosen = kinds.filter((kind) => args.includes(kind));
const jestArgs = args.filter((arg) => !isKind(arg));

let running: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    // Ctrl-C reached it as well; a second signal does no harm.
    running?.kill(signal);
  });
}

if (args.includes('--help') || args.includes('-h')) console.log(help);
else process.exitCode = await test(chosen.length ? chosen : [...kinds]);

async function test(selected: Kind[]): Promise<number> {
  let total: Tally = { passed: 0, failed: 0, skipped: 0 };
  // Only e2e runs what was built; the other kinds read the sources.
  if (selected.includes('e2e') && !(await build())) {
    console.error('\nThe build failed, so no test ran.');
    total.failed = 1;
  }
  for (const kind of total.failed ? [] : selected) {
    if (interrupted) break;
    console.log(`\n── ${kind}`);
    const result = await runJest(root, kind, jestArgs, (child) => (running = child));
    // Only a filter is a reason for a kind to have no tests.
    const nothingRan = !jestArgs.length && !result.passed && !result.failed;
    total = add(total, nothingRan ? { ...result, failed: 1 } : result);
  }
  console.log(`\n${summary(total)}`);
  return interrupted ? 130 : total.failed || !total.passed ? 1 : 0;
}

async function build(): Promise<boolean> {
  running = spawn(
    join(root, 'node_modules/.bin/tsc'),
    ['--build', '--pretty', String(process.stdout.isTTY ?? false)],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  const [code] = await once(running, 'exit');
  return code === 0;
}
