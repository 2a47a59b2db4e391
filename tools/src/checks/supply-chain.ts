import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { undecidedScripts } from './install-scripts.ts';
import { forbiddenLicences } from './licences.ts';
import { incompleteEntries, type Lockfile, unpinnedEntries } from './lockfile.ts';
import type { Step } from './step.ts';
import { looseWorkflow } from './workflows.ts';

const json = async <T>(root: string, name: string) =>
  JSON.parse(await readFile(join(root, name), 'utf8')) as T;
const lockfile = (root: string) => json<Lockfile>(root, 'package-lock.json');

/** What comes from others: the same everywhere, known, and allowed. */
export const supplyChain: Step[] = [
  {
    name: 'lockfile',
    what: 'package-lock.json is complete for every platform, and pins contents, not registries',
    advice:
      'Pin the package to a release whose binaries all exist, then install again with Node 24 first on the PATH.',
    run: async (root) => {
      const locked = await lockfile(root);
      return [...incompleteEntries(locked), ...unpinnedEntries(locked)];
    },
  },
  {
    name: 'scripts',
    what: 'allowScripts says of every install script whether it may run',
    advice: 'Read the script; list the package in allowScripts of package.json as true or false.',
    run: async (root) => {
      const { allowScripts } = await json<{ allowScripts: Record<string, boolean> }>(root, 'package.json');
      return undecidedScripts(await lockfile(root), allowScripts);
    },
  },
  {
    name: 'licences',
    what: 'every package is under a licence that the shop may pass on',
    advice: 'Take another package, or decide on the licence and add it to tools/src/checks/licences.ts.',
    run: async (root) => forbiddenLicences(await lockfile(root)),
  },
  {
    name: 'workflows',
    what: 'actions are pinned by commit, and workflows may only what they say',
    advice: "Take the commit of the release from the action's own repository.",
    run: async (root) => {
      const paths = await Array.fromAsync(glob('.github/workflows/*.{yml,yaml}', { cwd: root }));
      const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')));
      return paths.flatMap((path, index) => looseWorkflow(path, texts[index]!));
    },
  },
];
