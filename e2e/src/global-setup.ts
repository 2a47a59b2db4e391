import type { ChildProcess } from 'node:child_process';
import { keyFolder } from '@shop/tools';
import { spawnShop } from './support/spawn-shop.ts';

declare global {
  var shopUnderTest: ChildProcess | undefined;
}

/** Jest's globalSetup: starts a shop for all suites, unless BASE_URL names one. */
export default async function setup(): Promise<void> {
  if (process.env['BASE_URL']) {
    process.env['SHOP_DATA'] = await keyFolder();
    return;
  }
  const { child, facts } = await spawnShop();
  process.env['SHOP_UNDER_TEST'] = JSON.stringify(facts);
  globalThis.shopUnderTest = child;
}
