import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOnSignals, paint, startShop, terminalProgress } from '@shop/tools';
import { tryAll } from './shop-access.ts';
import { accessTable, cellsOf, faults } from './table.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'shop-access-'));
process.env['SHOP_DATA'] = dataDir;
const progress = terminalProgress();
const signal = endOnSignals(dataDir, progress);
const shop = await startShop({ dataDir, ports: 'random', tracing: false, progress, signal });
try {
  const started = performance.now();
  const rows = await tryAll({ gateway: shop.gatewayUrl, urls: shop.urls, secretOf: shop.secret });
  console.log(
    accessTable(rows),
    `\n\n${cellsOf(rows)} cells ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  for (const fault of faults(rows)) console.log(paint.red(fault));
} finally {
  await shop.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit();
