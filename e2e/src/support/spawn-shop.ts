import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StartOptions } from '@shop/tools';
import type { OwnShop } from './shop.ts';

/** A shop in a process of its own, which ends with ours however ours ends. */
export interface SpawnedShop {
  child: ChildProcess;
  facts: OwnShop;
}

export interface SpawnOptions extends Pick<StartOptions, 'env' | 'tracing'> {
  /** Leave the data folder when the shop has stopped. */
  keep?: boolean;
}

/** Starts a shop on random ports and a new data folder; `options` replace what the tests' shop is started with. */
export async function spawnShop(options: SpawnOptions = {}): Promise<SpawnedShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-e2e-'));
  const script = new URL('running-shop.ts', import.meta.url).pathname;
  const args = ['--conditions=shop-source', script, dataDir, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the shop for the tests did not start (exit code ${code}); its logs are in ${dataDir}`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  return { child, facts: JSON.parse(line as string) as OwnShop };
}

/** Stops it and everything in it, and removes its data. */
export async function stopShop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
