import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../runner/run-command.ts';
import { root } from '../runner/settings.ts';
import type { ImageName } from './options.ts';

const docker = (title: string, ...args: string[]) => runCommand(title, 'docker', args);
const git = async (...args: string[]) => (await runCommand(`git ${args[0]}`, 'git', args)).trim();

/** What an image says about itself; it depends on the commit alone, so that it can be built again. */
export async function buildArguments(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const dirty = (await git('status', '--porcelain')) === '' ? '' : '-dirty';
  const [revision = '', epoch = ''] = (await git('log', '-1', '--format=%H %ct')).split(' ');
  const values = {
    VERSION: version,
    REVISION: `${revision}${dirty}`,
    CREATED: new Date(Number(epoch) * 1_000).toISOString(),
    SOURCE_DATE_EPOCH: epoch,
    BUILD_IMAGE: env['BUILD_IMAGE'],
    RUN_IMAGE: env['RUN_IMAGE'],
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value ? ['--build-arg', `${name}=${value}`] : [],
  );
}

/** Installs, compiles and bundles, which all images have in common. */
export const buildCommon = (args: readonly string[]): Promise<string> =>
  docker('the build', 'build', '--target', 'build', ...args, '.');

export const buildImage = (app: ImageName, name: string, args: readonly string[]): Promise<string> =>
  docker(`the image of ${app}`, 'build', '--build-arg', `APP=${app}`, ...args, '--tag', name, '.');
