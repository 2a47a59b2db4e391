import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { functionNames, root, serviceNames } from './settings.ts';

/** Compiles the services and the libraries they use; what has not changed is skipped. */
export async function build(): Promise<void> {
  const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  await runCommand('tsc --build', process.execPath, [
    tsc,
    '--build',
    ...[...serviceNames, ...functionNames].map((name) => `apps/${name}`),
  ]);
}

/** Brings each database up to date with its service's code, as the role that owns it. */
export async function migrate(name: string, url: string, env: NodeJS.ProcessEnv): Promise<void> {
  await runCommand(
    `the migration of ${name}`,
    process.execPath,
    [join(root, 'apps', name, 'dist', 'migrate.js')],
    {
      ...env,
      MIGRATIONS_DATABASE_URL: url,
      MIGRATIONS_APP_ROLE: `${name}_app`,
    },
  );
}
