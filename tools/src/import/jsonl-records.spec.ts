import { describe, expect, it } from '@jest/globals';
import { jsonlRecords } from './jsonl-records.ts';

const object = {
  sku: 'A-1',
  name: 'Mug',
  description: 'A mug.',
  category: 'kitchen',
  price: 19.99,
  currency: 'EUR',
  stock: 5,
};
const read = (...texts: string[]) => {
  const lines = async function* () {
    for (const [index, text] of texts.entries()) yield { number: index + 1, text };
  };
  return Array.fromAsync(jsonlRecords(lines()));
};

describe('reading JSON lines', () => {
  it('takes one object per line and skips empty lines', async () => {
    expect(await read(JSON.stringify(object), '', JSON.stringify({ ...object, sku: 'A-2' }))).toEqual([
      { line: 1, fields: object, faults: [] },
      { line: 3, fields: { ...object, sku: 'A-2' }, faults: [] },
    ]);
  });

  it.each(['{', '[]', 'null', '"x"', '1'])('finds fault with %s', async (text) => {
    expect(await read(text)).toEqual([{ line: 1, fields: {}, faults: ['is not a JSON object'] }]);
  });

  it('says which columns are missing or unknown', async () => {
    const { stock: _, ...rest } = object;
    expect(await read(JSON.stringify({ ...rest, colour: 'red' }))).toMatchObject([
      { faults: ['column stock is missing', 'column colour is unknown'] },
    ]);
  });
});
