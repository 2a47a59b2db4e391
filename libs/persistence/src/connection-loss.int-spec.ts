import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually, testDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { connect, dataSourceOptions } from './data-source.ts';
import { Database, poolOf } from './database.ts';
import { shopDatabase } from './shop-database.fixture.ts';
import { isInfrastructureError } from './sql-state.ts';
import { Transactions } from './transactions.ts';

const KILL_OTHERS = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

describe('a lost connection', () => {
  let shop: Awaited<ReturnType<typeof shopDatabase>>;
  let operator: DataSource;

  beforeAll(async () => {
    shop = await shopDatabase();
    operator = await connect({ name: 'operator', config: { DATABASE_URL: shop.url, DATABASE_POOL_SIZE: 1 } });
    await shop.database.query('CREATE TABLE notes (id int PRIMARY KEY)');
  });
  afterAll(async () => {
    await operator.destroy();
    await shop[Symbol.asyncDispose]();
  });

  it('is replaced when it was idle, and does not end the process', async () => {
    await Promise.all([1, 2, 3].map(() => shop.database.query('SELECT pg_sleep(0.05)')));
    expect(poolOf(shop.dataSource).totalCount).toBeGreaterThan(1);
    await operator.query(KILL_OTHERS);
    await eventually(() => expect(poolOf(shop.dataSource).totalCount).toBe(0));
    expect(await shop.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('fails the transaction it carried as an infrastructure error, and leaves nothing behind', async () => {
    const after = jest.fn();
    const run = shop.transactions.run(async (tx) => {
      tx.afterCommit(after);
      await tx.query('INSERT INTO notes VALUES (1)');
      await operator.query(KILL_OTHERS);
      await tx.query('INSERT INTO notes VALUES (2)');
    });
    expect(isInfrastructureError(await run.catch((error: unknown) => error))).toBe(true);
    expect(after).not.toHaveBeenCalled();
    expect(await shop.database.query('SELECT * FROM notes')).toEqual([]);
    await shop.transactions.run((tx) => tx.query('INSERT INTO notes VALUES (3)'));
  });

  it('is an infrastructure error as well when the server is not there, or no connection is free', async () => {
    const away = connect({ name: 'spec', config: { DATABASE_URL: 'postgres://127.0.0.1:1/shop', DATABASE_POOL_SIZE: 1 } });
    expect(isInfrastructureError(await away.catch((error: unknown) => error))).toBe(true);

    await using tight = await impatient();
    const waits = tight.transactions.run(() => tight.database.query('SELECT 1'));
    expect(isInfrastructureError(await waits.catch((error: unknown) => error))).toBe(true);
  });
});

/** One connection, and little patience with waiting for it. */
async function impatient() {
  const { url, drop } = await testDatabase();
  const options = dataSourceOptions({ name: 'spec', config: { DATABASE_URL: url, DATABASE_POOL_SIZE: 1 } });
  const extra = { ...options.extra, connectionTimeoutMillis: 100 };
  const dataSource = await new DataSource({ ...options, extra } as typeof options).initialize();
  return {
    transactions: new Transactions(dataSource),
    database: new Database(dataSource),
    async [Symbol.asyncDispose]() {
      await dataSource.destroy();
      await drop();
    },
  };
}
