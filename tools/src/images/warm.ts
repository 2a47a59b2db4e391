import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs while an image is built, on the very Node that will run it: starts each program of a folder once, so that V8 keeps what it
 * compiled. They have no configuration, and have to say so: whatever keeps one from loading fails the build.
 */
const [folder = ''] = process.argv.slice(2);
const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(folder, '.compile-cache') };

for (const program of readdirSync(folder).filter((name) => /^[a-z]+\.js$/.test(name))) {
  // Without this seed V8 would hash names differently in each build. It does not matter when the cache is read.
  const args = ['--random-seed=1', '--import', './preload.js', program];
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  if (program !== 'preload.js' && !stderr.includes('The configuration is not valid'))
    throw new Error(`${program} does not load:\n${stderr}`);
}

// Two builds of one commit are to give the same layer, which everybody may read and nobody may change.
for (const path of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((name) =>
  join(folder, name),
)) {
  chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  utimesSync(path, 0, 0);
}
