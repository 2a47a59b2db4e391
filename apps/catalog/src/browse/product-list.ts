import { hash } from 'node:crypto';
import type { ProductQuery } from '@shop/contracts';
import { z } from 'zod';
import { productColumns, type ProductRow } from '../product-row.ts';
import { searchWords } from './search-words.ts';

type Filter = Omit<ProductQuery, 'limit' | 'cursor'>;

/** Each sort ends in the id, so that products that tie have one order, too. */
const sorts = {
  name: {
    columns: ['name', 'id'],
    direction: 'ASC',
    beyond: '>',
    keyOf: ({ name, id }: ProductRow) => [name, id],
  },
  price: {
    columns: ['price_amount', 'id'],
    direction: 'ASC',
    beyond: '>',
    keyOf: ({ amount, id }: ProductRow) => [amount, id],
  },
  '-price': {
    columns: ['price_amount', 'id'],
    direction: 'DESC',
    beyond: '<',
    keyOf: ({ amount, id }: ProductRow) => [amount, id],
  },
  newest: { columns: ['id'], direction: 'DESC', beyond: '<', keyOf: ({ id }: ProductRow) => [id] },
} as const satisfies Record<Filter['sort'], object>;

type Key = (string | number)[];

/** The place after which a page begins, and the list it belongs to: another filter or sort is another list. */
export const placeIn = (filter: Filter) =>
  z.object({ list: z.literal(fingerprint(filter)), after: z.array(z.union([z.string(), z.number()])) });

/** The place of a product in its list. */
export const placeOf = (filter: Filter, row: ProductRow): { list: string; after: Key } => ({
  list: fingerprint(filter),
  after: sorts[filter.sort].keyOf(row),
});

/** One statement for one page: it seeks to the place instead of counting up to it, so inserts and deep pages cost nothing. */
export function productList(filter: Filter, limit: number, after?: Key): { sql: string; params: unknown[] } {
  const { columns, direction, beyond } = sorts[filter.sort];
  const params: unknown[] = [];
  const param = (value: unknown) => `$${params.push(value)}`;
  const conditions = filtered(filter, param);
  if (after) conditions.push(`(${columns.join(', ')}) ${beyond} (${after.map(param).join(', ')})`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const order = columns.map((column) => `${column} ${direction}`).join(', ');
  return {
    sql: `SELECT ${productColumns} FROM products ${where} ORDER BY ${order} LIMIT ${param(limit)}`,
    params,
  };
}

function filtered(
  { query, category, minPrice, maxPrice }: Filter,
  param: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  if (category !== undefined) conditions.push(`category = ${param(category)}`);
  if (minPrice !== undefined) conditions.push(`price_amount >= ${param(minPrice)}`);
  if (maxPrice !== undefined) conditions.push(`price_amount <= ${param(maxPrice)}`);
  if (query) {
    const words = param(searchWords(query) ?? '');
    // Stemmed, so that mugs finds mug; and as typed, since the first letters of a word need not be a stem.
    conditions.push(`search @@ (to_tsquery('english', ${words}) || to_tsquery('simple', ${words}))`);
  }
  return conditions;
}

const fingerprint = ({ sort, query, category, minPrice, maxPrice }: Filter): string =>
  hash('sha256', JSON.stringify([sort, query, category, minPrice, maxPrice]), 'base64url').slice(0, 16);
