import { connected } from '@shop/testing';
import type pg from 'pg';
import { type OwnShop, shop } from './shop.ts';

/** Asks a service's database, as only a test may. */
export async function rowsOf<R extends pg.QueryResultRow>(
  database: keyof OwnShop['databases'],
  sql: string,
  parameters: unknown[] = [],
): Promise<R[]> {
  const result = await connected(shop.own.databases[database], (client) => client.query<R>(sql, parameters));
  return result.rows;
}
