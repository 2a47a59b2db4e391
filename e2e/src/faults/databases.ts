import pg from 'pg';
import { type DatabaseName } from '@shop/tools';

const names = ['catalog', 'inventory', 'orders', 'payments'] as const satisfies DatabaseName[];

/** The databases as their owner sees them, past services and proxies. A connection that breaks is replaced. */
export class Databases {
  readonly #pools: Map<string, pg.Pool>;

  constructor(url: (name: DatabaseName) => string) {
    const options = {
      max: 4,
      connectionTimeoutMillis: 5_000,
      query_timeout: 120_000,
      idleTimeoutMillis: 5_000,
    };
    this.#pools = new Map(
      names.map((name) => [name, new pg.Pool({ ...options, connectionString: url(name) })]),
    );
    for (const pool of this.#pools.values()) pool.on('error', () => {});
  }

  async rows<R extends pg.QueryResultRow>(
    name: DatabaseName,
    sql: string,
    parameters: unknown[] = [],
  ): Promise<R[]> {
    return (await this.#pools.get(name)!.query<R>(sql, parameters)).rows;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()));
  }
}
