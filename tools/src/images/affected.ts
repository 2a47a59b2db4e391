import { runCommand } from '../runner/run-command.ts';
import { imageNames, type ImageName } from './options.ts';

/** What every image is made of or made by. */
const everywhere =
  /^(Dockerfile|\.dockerignore|\.npmrc|package(-lock)?\.json|tsconfig\.base\.json|tools\/src\/images\/.*)$/;
/** What no image contains, as .dockerignore says. */
const nowhere = /(\.spec|\.int-spec|\.fixture)\.ts$|\.md$/;
/** Lies with the catalogue, and only the setup brings it in. */
const sample = /^apps\/catalog\/data\//;

/** The images that the changed files get into; `projectsOf` answers which projects depend on them. */
export async function affectedImages(
  changed: readonly string[],
  projectsOf: (files: readonly string[]) => Promise<readonly string[]>,
): Promise<ImageName[]> {
  if (changed.some((file) => everywhere.test(file))) return [...imageNames];
  const files = changed.filter((file) => !nowhere.test(file) && !sample.test(file));
  const projects = new Set(files.length > 0 ? await projectsOf(files) : []);
  if (changed.some((file) => sample.test(file))) projects.add('tools');
  return imageNames.filter((name) => projects.has(name === 'setup' ? 'tools' : name));
}

/** The files that differ from a commit, also those not yet committed. */
export async function changedSince(ref: string): Promise<string[]> {
  const differing = await runCommand(`git diff ${ref}`, 'git', [
    'diff',
    '--name-only',
    '--no-renames',
    '--merge-base',
    ref,
    '--',
  ]);
  const unknown = await runCommand('git ls-files', 'git', ['ls-files', '--others', '--exclude-standard']);
  return `${differing}${unknown}`.split('\n').filter(Boolean);
}

/** The projects that contain these files or depend on one that does, by the workspace's own graph. */
export async function projectsWith(files: readonly string[]): Promise<string[]> {
  const output = await runCommand(
    'nx show projects',
    'npx',
    ['nx', 'show', 'projects', '--affected', '--json', `--files=${files.join(',')}`],
    { ...process.env, NX_DAEMON: 'false' },
  );
  return JSON.parse(output.slice(output.indexOf('['))) as string[];
}
