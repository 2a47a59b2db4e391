import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tally, type JestReport, type Tally } from './tally.ts';

/** The kinds of tests, in the order in which they run: quick answers first. */
export const kinds = ['unit', 'int', 'e2e'] as const;
export type Kind = (typeof kinds)[number];

/** Runs Jest on one kind with live output. `onStart` gets the process, to be told when the run is interrupted. */
export async function runJest(
  root: string,
  kind: Kind,
  args: string[],
  onStart: (child: ChildProcess) => void,
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-test-'));
  const outputFile = join(folder, 'report.json');
  try {
    const child = spawn(process.execPath, [...nodeArgs(root), ...jestArgs(kind, outputFile), ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    onStart(child);
    const [code] = (await once(child, 'exit')) as [number | null];
    const report = await readFile(outputFile, 'utf8').then(
      (text) => JSON.parse(text) as JestReport,
      () => undefined,
    );
    return tally(report, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const nodeArgs = (root: string): string[] => [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=TimeoutNegativeWarning',
  '--conditions=shop-source',
  join(root, 'node_modules/.bin/jest'),
];

function jestArgs(kind: Kind, outputFile: string): string[] {
  const args = [`--selectProjects=${kind}`, '--json', `--outputFile=${outputFile}`, '--passWithNoTests'];
  // Each end-to-end suite owns the whole shop.
  return kind === 'e2e' ? [...args, '--runInBand'] : args;
}
