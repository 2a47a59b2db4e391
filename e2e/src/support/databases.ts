import pg from 'pg';
import { type OwnShop, shop } from './shop.ts';

/** Asks a service's database, as only a test may. */
export async function rowsOf<R extends pg.QueryResultRow>(
  database: keyof OwnShop['databases'],
  sql: string,
  parameters: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(shop.own.databases[database]);
  await client.connect();
  try {
    return (await client.query<R>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
