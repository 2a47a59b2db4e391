import { describe, expect, it } from '@jest/globals';
import { rowChecker } from './row.ts';

const fields = {
  sku: 'A-1',
  name: 'Mug',
  description: 'A mug.',
  category: 'kitchen',
  price: '19.99',
  currency: 'EUR',
  stock: '5',
};
const check = (change: object = {}) =>
  rowChecker()({ line: 2, fields: { ...fields, ...change }, faults: [] });

describe('looking at a row', () => {
  it('makes a product and its opening stock of it', () => {
    expect(check()).toEqual({
      line: 2,
      item: {
        sku: 'A-1',
        name: 'Mug',
        description: 'A mug.',
        category: 'kitchen',
        price: { amount: 1999, currency: 'EUR' },
      },
      stock: 5,
    });
  });

  it('trims what spreadsheets leave around values, and takes JSON numbers', () => {
    expect(check({ sku: ' A-1 ', price: 19.99, stock: 5 })).toEqual(check());
  });

  it.each([
    ['sku', 'a-1', 'sku must be capital letters, digits and hyphens'],
    ['name', '', 'name must not be empty'],
    ['name', 'x'.repeat(201), 'name must have at most 200 characters'],
    ['description', 'a\u0000b', 'description must not contain control characters'],
    ['category', 'Kitchen', 'category must be lower-case letters, digits and hyphens'],
    ['price', '19,99', 'price must look like 19.99'],
    ['price', '-1', 'price must look like 19.99'],
    ['price', '1.999', 'price has more decimals than EUR (2)'],
    ['currency', 'euro', 'currency must be an ISO 4217 code such as EUR'],
    ['stock', '1.5', 'stock must be a whole number from 0 to 1000000000'],
    ['stock', '-1', 'stock must be a whole number from 0 to 1000000000'],
    ['stock', '', 'stock must be a whole number from 0 to 1000000000'],
    ['stock', '9999999999', 'stock must be a whole number from 0 to 1000000000'],
    ['stock', null, 'stock must be a whole number from 0 to 1000000000'],
  ])('refuses %s %j', (column, value, reason) => {
    expect(check({ [column]: value })).toEqual({ line: 2, reasons: [reason] });
  });

  it('gives every reason at once', () => {
    expect(check({ sku: '', category: '!', price: 'free', stock: 'some' })).toMatchObject({
      reasons: [
        expect.stringContaining('sku'),
        expect.stringContaining('category'),
        expect.stringContaining('price'),
        expect.stringContaining('stock'),
      ],
    });
  });

  it('refuses a SKU that an earlier line has', () => {
    const checkNext = rowChecker();
    checkNext({ line: 2, fields, faults: [] });
    expect(checkNext({ line: 3, fields, faults: [] })).toEqual({
      line: 3,
      reasons: ['sku A-1 is already on line 2'],
    });
  });

  it('passes on why a line could not be read', () => {
    expect(rowChecker()({ line: 2, fields: {}, faults: ['is not UTF-8'] })).toEqual({
      line: 2,
      reasons: ['is not UTF-8'],
    });
  });
});
