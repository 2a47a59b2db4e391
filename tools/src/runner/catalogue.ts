import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importCatalogue } from '../import/import-catalogue.ts';
import type { Progress } from './progress.ts';
import { root } from './settings.ts';
import type { Shop } from './shop.ts';

const sample = join(root, 'apps', 'catalog', 'data', 'catalogue.csv');

/** Fills a shop that has no product yet with the sample catalogue. */
export async function seedCatalogue(
  { gatewayUrl, token }: Pick<Shop, 'gatewayUrl' | 'token'>,
  progress: Progress,
  file = sample,
): Promise<void> {
  if (!existsSync(file) || (await hasProducts(gatewayUrl))) return;
  await progress.step('Catalogue', async (note) => {
    note('importing');
    await importCatalogue({
      file,
      gatewayUrl,
      token: await token('admin'),
      onProgress: (done: number) => note(`${done} products`),
    });
  });
}

async function hasProducts(gatewayUrl: string): Promise<boolean> {
  const response = await fetch(`${gatewayUrl}/v1/products?limit=1`);
  if (!response.ok) throw new Error(`the catalogue answered ${response.status}`);
  const { items } = (await response.json()) as { items: unknown[] };
  return items.length > 0;
}
