import { describe, expect, it } from '@jest/globals';
import { csvRecords } from './csv-records.ts';
import { columns } from './record.ts';

const header = columns.join(',');
const good = (sku: string) => `${sku},Mug,A mug.,kitchen,19.99,EUR,5`;
const read = (...texts: string[]) => {
  const lines = async function* () {
    for (const [index, text] of texts.join('\n').split('\n').entries()) yield { number: index + 1, text };
  };
  return Array.fromAsync(csvRecords(lines()));
};
const short = async (...texts: string[]) =>
  (await read(header, ...texts)).map(({ line, fields, faults }) => [
    line,
    faults.length > 0 ? 'bad' : fields['sku'],
  ]);

describe('reading CSV', () => {
  it('names the fields by the header, in any order and case', async () => {
    const [record] = await read(
      'Stock,SKU,name,description,category,price,currency',
      '5,A-1,Mug,A mug.,kitchen,19.99,EUR',
    );
    expect(record).toEqual({
      line: 2,
      fields: {
        sku: 'A-1',
        name: 'Mug',
        description: 'A mug.',
        category: 'kitchen',
        price: '19.99',
        currency: 'EUR',
        stock: '5',
      },
      faults: [],
    });
  });

  it.each([';', '\t'])('takes %j as separator, as spreadsheets write it', async (separator) => {
    const [record] = await read(header.replaceAll(',', separator), good('A-1').replaceAll(',', separator));
    expect(record).toMatchObject({ faults: [], fields: { sku: 'A-1', stock: '5' } });
  });

  it('reads quoted commas, doubled quotation marks and line breaks', async () => {
    const [record, next] = await read(
      header,
      'A-1,"12"" board","One, two\nand three",kitchen,1,EUR,5',
      good('A-2'),
    );
    expect(record?.fields).toMatchObject({ name: '12" board', description: 'One, two\nand three' });
    expect(next).toMatchObject({ line: 4, fields: { sku: 'A-2' } });
  });

  it('says everything that is wrong with the header, and reads no further', async () => {
    const [record, ...rest] = await read('sku,name,name,colour,category,price,currency,stock', good('A-1'));
    expect(record).toMatchObject({
      line: 1,
      faults: ['column description is missing', 'column colour is unknown', 'column name appears twice'],
    });
    expect(rest).toEqual([]);
  });

  it('finds fault with an empty file', async () => {
    expect(await read('')).toMatchObject([
      { line: 1, faults: expect.arrayContaining(['column sku is missing']) },
    ]);
  });

  it('skips empty lines', async () => {
    expect(await short(good('A-1'), '', '  ', good('A-2'))).toEqual([
      [2, 'A-1'],
      [5, 'A-2'],
    ]);
  });

  it('counts the columns of every row', async () => {
    expect(await short('A-1,Mug', good('A-2'), `${good('A-3')},6`, good('A-4'))).toEqual([
      [2, 'bad'],
      [3, 'A-2'],
      [4, 'bad'],
      [5, 'A-4'],
    ]);
  });

  it.each([
    ['never closed', 'A-1,"Mug,A mug.,kitchen,19.99,EUR,5'],
    ['not doubled', 'A-1,"12" board",A mug.,kitchen,19.99,EUR,5'],
    ['inside a bare field', 'A-1,12" board,A mug.,kitchen,19.99,EUR,5'],
  ])('a quotation mark that is %s costs its own row only', async (_, broken) => {
    const rows = Array.from({ length: 150 }, (_, i) => `B-${i},"Mug, large",A mug.,kitchen,19.99,EUR,5`);
    const records = await short(good('A-0'), broken, ...rows, broken, broken, good('A-9'));
    expect(records.filter(([, sku]) => sku === 'bad')).toEqual([
      [3, 'bad'],
      [154, 'bad'],
      [155, 'bad'],
    ]);
    expect(records).toHaveLength(155);
  });
});
