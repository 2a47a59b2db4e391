import { describe, expect, it } from '@jest/globals';
import { aNewProduct } from '@shop/testing';
import { batches } from './batches.ts';

const sizes = async (count: number, description: string) => {
  const rows = async function* () {
    for (let line = 1; line <= count; line++) yield { line, item: aNewProduct({ description }), stock: 1 };
  };
  return (await Array.fromAsync(batches(rows()))).map((batch) => ({
    rows: batch.length,
    bytes: Buffer.byteLength(JSON.stringify({ items: batch.map(({ item }) => item) })),
  }));
};

describe('gathering rows', () => {
  it('sends at most 200 at once', async () => {
    expect((await sizes(450, 'Short.')).map(({ rows }) => rows)).toEqual([200, 200, 50]);
  });

  it('stays below what a body may hold', async () => {
    const all = await sizes(50, 'é'.repeat(4000));
    for (const { bytes } of all) expect(bytes).toBeLessThan(64 * 1024);
    expect(all.reduce((sum, { rows }) => sum + rows, 0)).toBe(50);
  });

  it('sends nothing for nothing', async () => {
    expect(await sizes(0, '')).toEqual([]);
  });
});
