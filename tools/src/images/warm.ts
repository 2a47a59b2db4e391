import { spawnSync } from 'node:child_process';
import { globSync, lutimesSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs while an image is built, on the very Node that will run it: starts each program once, so that V8 keeps what it compiled
 * (NODE_COMPILE_CACHE). They have no configuration, and have to say so: whatever keeps one from loading fails the build.
 */
const [folder = '', epoch = '0'] = process.argv.slice(2);
const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };

for (const program of globSync('*.js', { cwd: folder }).filter((name) => /^[a-z]+\.js$/.test(name))) {
  // Without this seed V8 would hash names differently in each build. It does not count when the cache is read.
  const args = ['--random-seed=1', '--import', './preload.js', program];
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  if (program !== 'preload.js' && !stderr.includes('The configuration is not valid'))
    throw new Error(`${program} does not load:\n${stderr}`);
}

// Two builds of one commit are to give the same layer.
for (const path of [...globSync('**', { cwd: folder, exclude: () => false }), '.'])
  lutimesSync(join(folder, path), Number(epoch), Number(epoch));
