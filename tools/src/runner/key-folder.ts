import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { dataFolder, root } from './settings.ts';

/**
 * Where the keys are that sign tokens. Of the shop at `BASE_URL`: in `SHOP_DATA`, else those that docker-compose.yml's containers made,
 * copied out of their volume. Of the local run: in its data folder.
 */
export async function keyFolder(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (!env['BASE_URL'] || env['SHOP_DATA']) return dataFolder(env);
  const folder = join(root, '.shop', 'containers');
  mkdirSync(folder, { recursive: true });
  return runCommand('docker compose cp', 'docker', ['compose', 'cp', 'secrets:/data/auth', folder]).then(
    () => folder,
    () => dataFolder(env),
  );
}
