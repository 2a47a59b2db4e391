import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keyFolder } from '@shop/tools';

declare global {
  var shopUnderTest: ChildProcess | undefined;
}

/** Jest's globalSetup: starts a shop for all suites, unless BASE_URL names one. */
export default async function setup(): Promise<void> {
  if (process.env['BASE_URL']) {
    process.env['SHOP_DATA'] = await keyFolder();
    return;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-e2e-'));
  const script = new URL('support/running-shop.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=shop-source', script, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the shop for the tests did not start (exit code ${code}); its logs are in ${dataDir}`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  process.env['SHOP_UNDER_TEST'] = line as string;
  globalThis.shopUnderTest = child;
}
