import pg from 'pg';
import { type OwnShop, shop } from './shop.ts';

/** Works on a connection of its own. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Asks a service's database, as only a test may. */
export async function rowsOf<R extends pg.QueryResultRow>(
  database: keyof OwnShop['databases'],
  sql: string,
  parameters: unknown[] = [],
): Promise<R[]> {
  const result = await connected(shop.own.databases[database], (client) => client.query<R>(sql, parameters));
  return result.rows;
}
