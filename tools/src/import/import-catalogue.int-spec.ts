import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { columns } from './record.ts';
import { importCatalogue } from './import-catalogue.ts';
import type { BadRow } from './row.ts';
import { hangingUp, refusing, ShopStandIn } from './shop-stand-in.fixture.ts';

let shop: ShopStandIn;
let gatewayUrl: string;
const folder = mkdtempSync(join(tmpdir(), 'import-'));
beforeEach(async () => {
  shop = new ShopStandIn();
  gatewayUrl = await shop.start();
});
afterEach(() => shop.stop());
afterAll(() => rmSync(folder, { recursive: true }));

const row = (sku: string, price = '19.99', stock = 5) => `${sku},Mug,A mug.,kitchen,${price},EUR,${stock}`;
const csv = (...rows: string[]) => [columns.join(','), ...rows].join('\n');
const aFile = (content: string, name = 'products.csv') => {
  const file = join(mkdtempSync(join(folder, 'file-')), name);
  writeFileSync(file, content);
  return file;
};
async function run(file: string, more: { dryRun?: boolean } = {}) {
  const bad: BadRow[] = [];
  const progress: number[] = [];
  const summary = await importCatalogue({
    file,
    gatewayUrl,
    token: 'secret',
    onBadRow: (given) => bad.push(given),
    onProgress: (done) => progress.push(done),
    ...more,
  });
  return { summary, bad, progress };
}

describe('importing a file', () => {
  it('brings in products with their opening stock, and nothing the second time', async () => {
    const file = aFile(csv(row('A-1'), row('A-2', '5', 7)));
    expect((await run(file)).summary).toEqual({ created: 2, updated: 0, unchanged: 0, bad: 0 });
    expect(shop.products.get('A-2')?.price).toEqual({ amount: 500, currency: 'EUR' });
    expect(shop.opening.get(shop.products.get('A-2')!.id)).toBe(7);
    expect(shop.tokens).toEqual(new Set(['Bearer secret']));
    expect((await run(file)).summary).toEqual({ created: 0, updated: 0, unchanged: 2, bad: 0 });
    expect((await run(aFile(csv(row('A-1', '21'))))).summary).toEqual({
      created: 0,
      updated: 1,
      unchanged: 0,
      bad: 0,
    });
  });

  it('reads JSON lines as well', async () => {
    const object = {
      sku: 'J-1',
      name: 'Mug',
      description: 'A mug.',
      category: 'kitchen',
      price: 19.99,
      currency: 'EUR',
      stock: 5,
    };
    expect((await run(aFile(JSON.stringify(object), 'products.jsonl'))).summary).toMatchObject({
      created: 1,
    });
    expect(shop.products.get('J-1')?.price.amount).toBe(1999);
  });

  it('keeps the good rows and reports the others', async () => {
    const { summary, bad } = await run(aFile(csv(row('A-1'), row('A-2', 'free'), row('A-1'), row('A-3'))));
    expect(summary).toEqual({ created: 2, updated: 0, unchanged: 0, bad: 2 });
    expect(bad).toEqual([
      { line: 3, reasons: ['price must look like 19.99'] },
      { line: 4, reasons: ['sku A-1 is already on line 2'] },
    ]);
  });

  it('sends many rows in few requests and tells how far it is', async () => {
    const { summary, progress } = await run(
      aFile(csv(...Array.from({ length: 450 }, (_, i) => row(`A-${i}`)))),
    );
    expect(summary.created).toBe(450);
    expect(shop.requests).toBe(6);
    expect(progress).toEqual([200, 400, 450]);
  });

  it('sends nothing on a dry run', async () => {
    expect((await run(aFile(csv(row('A-1'), 'x')), { dryRun: true })).summary.bad).toBe(1);
    expect(shop.requests).toBe(0);
  });

  it('waits as long as a busy shop asks, and repeats what was cut off', async () => {
    shop.faults = [refusing(503, { 'retry-after': '2' }), hangingUp, refusing(429, { 'retry-after': '0' })];
    const since = performance.now();
    expect((await run(aFile(csv(row('A-1'))))).summary.created).toBe(1);
    expect(performance.now() - since).toBeGreaterThan(1_950);
    expect(shop.requests).toBe(5);
  });

  it('leaves out the row that the shop itself refuses', async () => {
    shop.faults = [
      refusing(
        400,
        {},
        { code: 'request/invalid', errors: [{ pointer: '/items/1/name', message: 'is rude' }] },
      ),
    ];
    const { summary, bad } = await run(aFile(csv(row('A-1'), row('A-2'), row('A-3'))));
    expect(summary).toMatchObject({ created: 2, bad: 1 });
    expect(bad).toEqual([{ line: 3, reasons: ['name is rude'] }]);
  });

  it('gives up soon on an address where nobody answers', async () => {
    shop.faults = Array(9).fill(hangingUp);
    await expect(run(aFile(csv(row('A-1'))))).rejects.toThrow('the gateway does not answer');
    expect(shop.requests).toBe(3);
  });

  it('does not insist where it is not allowed', async () => {
    shop.faults = [
      refusing(403, {}, { code: 'auth/scope-missing', detail: 'The access token does not allow this' }),
    ];
    await expect(run(aFile(csv(row('A-1'))))).rejects.toThrow(
      '403 auth/scope-missing: The access token does not allow this',
    );
    expect(shop.requests).toBe(1);
  });
});

describe('the command', () => {
  const command = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const script = new URL('../import.ts', import.meta.url).pathname;
      const env = { ...process.env, SHOP_TOKEN: 'secret', NO_COLOR: '1' };
      execFile(process.execPath, ['--conditions=shop-source', script, ...args], { env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  it('ends with 0 when every row is in', async () => {
    const { code, out } = await command(aFile(csv(row('A-1'))), '--gateway', gatewayUrl);
    expect(out).toMatch(/^1 created, 0 updated, 0 unchanged, 0 bad: 1 rows in .* rows\/s\)\n$/);
    expect(code).toBe(0);
  });

  it('ends with 1 when one is not, and names its line', async () => {
    const { code, out, err } = await command(
      aFile(csv(row('A-1'), row('a', 'free'))),
      '--gateway',
      gatewayUrl,
    );
    expect(err).toBe('line 3: sku must be capital letters, digits and hyphens; price must look like 19.99\n');
    expect(out).toContain('1 created, 0 updated, 0 unchanged, 1 bad');
    expect(code).toBe(1);
  });

  it('ends with 2 when it is called wrongly, and explains itself', async () => {
    const { code, err } = await command('--loud');
    expect(err).toContain('usage: npm run import');
    expect(code).toBe(2);
  });
});
