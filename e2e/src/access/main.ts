import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOnSignals, keyFolder, paint, startShop, terminalProgress } from '@shop/tools';
import { optionsOrExit } from '../support/options.ts';
import { parseOptions, usage } from './options.ts';
import { report } from './report.ts';
import { stripeSettings } from './stripe.ts';

const options = optionsOrExit(parseOptions, usage);
const progress = terminalProgress();

async function againstShopAt(gateway: string): Promise<boolean> {
  process.env['SHOP_DATA'] = await keyFolder();
  const secretOf = () => {
    throw new Error('the secrets of a shop elsewhere are not ours to know');
  };
  return report({ target: { gateway, urls: { gateway }, secretOf }, progress, options });
}

async function againstShopOfItsOwn(): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-access-'));
  process.env['SHOP_DATA'] = dataDir;
  const signal = endOnSignals(dataDir, progress);
  try {
    const shop = await startShop({
      ...{ dataDir, ports: 'random', tracing: false, progress, signal },
      env: { payments: stripeSettings(dataDir) },
    });
    const programs = Object.fromEntries(
      shop.services.map(({ name, processes }) => [name, processes[0]!.spec]),
    );
    const target = { gateway: shop.gatewayUrl, urls: shop.urls, secretOf: shop.secret };
    return await report({ target, programs, progress, options }).finally(() => shop.stop());
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

try {
  const url = process.env['BASE_URL'];
  process.exitCode = (await (url ? againstShopAt(url) : againstShopOfItsOwn())) ? 0 : 1;
} catch (error) {
  console.error(`\n${paint.red(String((error as Error).message))}`);
  process.exitCode = 1;
}
process.exit();
