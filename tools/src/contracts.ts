import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verdictSince } from './contracts/base.ts';
import { folders, readDocuments, release } from './contracts/files.ts';
import { verdict } from './contracts/release.ts';
import { report } from './contracts/report.ts';
import { paint } from './runner/paint.ts';

const help = `usage: npm run contracts [-- release [--breaking] | --base REV]

Compares docs/api with docs/api/released, which is what clients and consumers rely on, and shows every change that would break
them, with what to do instead. \`npm run check\` does the same.

release      makes the documents of now the released ones; refuses when they break somebody
--breaking   with release: also then, provided that each broken contract has a new version
--base REV   compares docs/api/released with what it was at a commit, since who edits both folders would judge himself:
             where it breaks somebody, the contract must have a higher version

Exit codes: 0 nothing breaks, 1 something does, 2 wrong usage.`;

const root = new URL('../..', import.meta.url).pathname;
const [currentFolder, releasedFolder] = [join(root, folders.current), join(root, folders.released)];

const asked = parsed();
if (asked === 'help') console.log(help);
else process.exitCode = asked ? await run(asked).catch(refusal) : 2;

interface Asked {
  releasing: boolean;
  mayBreak: boolean;
  base: string | undefined;
}

function parsed(): Asked | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        breaking: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const { breaking: mayBreak = false, base } = values;
    const releasing = positionals.join(' ') === 'release';
    if (!releasing && positionals.length > 0) throw new Error(`there is no "${positionals.join(' ')}"`);
    if (mayBreak && !releasing) throw new Error('--breaking goes with release');
    if (base !== undefined && releasing) throw new Error('--base does not go with release');
    return { releasing, mayBreak, base };
  } catch (error) {
    return void console.error(`${(error as Error).message}\n\n${help}`);
  }
}

async function run({ releasing, mayBreak, base }: Asked): Promise<number> {
  if (base !== undefined) return runSince(base);
  const current = await readDocuments(currentFolder);
  const released = existsSync(releasedFolder) ? await readDocuments(releasedFolder) : undefined;
  const { findings, withoutNewVersion } = verdict(released, current);
  if (findings.length > 0) console.error(`${report(findings)}\n`);
  const forced = releasing && mayBreak;
  if (findings.length > 0 && !(forced && withoutNewVersion.length === 0)) {
    console.error(paint.red(`${counted(findings.length)} what was released.`));
    console.error(
      forced
        ? raise(withoutNewVersion)
        : 'If it must be: raise the version of the contract, and run: npm run contracts -- release --breaking',
    );
    return 1;
  }
  if (releasing) await release(currentFolder, releasedFolder);
  console.log(paint.green(releasing ? `released: ${folders.released}` : 'nothing breaks what was released'));
  return 0;
}

async function runSince(base: string): Promise<number> {
  const { findings, withoutNewVersion } = await verdictSince(root, base);
  if (findings.length > 0) console.error(`${report(findings)}\n`);
  if (withoutNewVersion.length > 0) {
    console.error(paint.red(`${counted(findings.length)} what was released at ${base}.`));
    console.error(raise(withoutNewVersion));
    return 1;
  }
  const what = findings.length > 0 ? 'only contracts with a higher version break' : 'nothing breaks';
  console.log(paint.green(`${what} what was released at ${base}`));
  return 0;
}

function raise(names: string[]): string {
  return `Still of the released version: ${names.join(', ')}. Raise \`api.version\` in the app's service.ts, or \`info.version\` in async-api.ts.`;
}

function refusal(error: Error): number {
  console.error(paint.red(error.message));
  return 1;
}

function counted(count: number): string {
  return count === 1 ? 'One change breaks' : `${count} changes break`;
}
