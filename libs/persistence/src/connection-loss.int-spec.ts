import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isInfrastructureError } from '@shop/resilience';
import { eventually, testDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { connect, dataSourceOptions } from './data-source.ts';
import { Database, poolOf } from './database.ts';
import { shopDatabase } from './shop-database.fixture.ts';
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

  it('does not end the process even when it is lost while it changes hands', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    poolOf(shop.dataSource).connect((_, client, release) => {
      // Here node-postgres has taken its listener off and the borrower has not yet put one on.
      client!.emit('error', new Error('lost'));
      release(true);
      resolve();
    });
    await promise;
    expect(await shop.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('leaves every transaction whole or undone, however many are lost', async () => {
    await shop.database.query('CREATE TABLE pairs (id int, half int, PRIMARY KEY (id, half))');
    const insert = 'INSERT INTO pairs VALUES ($1, $2)';
    const committed = new Set<number>();
    const doubtful = new Set<number>();
    const pair = (id: number) =>
      shop.transactions.run(async (tx) => {
        tx.afterCommit(() => committed.add(id));
        if (id % 2) tx.write(insert, [id, 1]);
        else await tx.query(insert, [id, 1]);
        await tx.query(insert, [id, 2]);
      });
    const failed = (id: number) => (error: unknown) => {
      expect(isInfrastructureError(error)).toBe(true);
      doubtful.add(id);
    };
    for (let id = 0; id < 200; id += 20) {
      const crowd = Array.from({ length: 20 }, (_, index) => pair(id + index).catch(failed(id + index)));
      await operator.query(KILL_OTHERS);
      await Promise.all(crowd);
    }
    const stored: { id: number; halves: number }[] = await operator.query(
      'SELECT id, count(*)::int AS halves FROM pairs GROUP BY id',
    );
    expect(stored.filter(({ halves }) => halves !== 2)).toEqual([]);
    expect(stored.filter(({ id }) => !committed.has(id) && !doubtful.has(id))).toEqual([]);
    expect([...committed].filter((id) => !stored.some((row) => row.id === id))).toEqual([]);
    expect(doubtful.size).toBeGreaterThan(0);
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
    expect(await operator.query('SELECT * FROM notes')).toEqual([]);
    await eventually(() => shop.transactions.run((tx) => tx.query('INSERT INTO notes VALUES (3)')));
  });

  it('is an infrastructure error as well when the server is not there, or no connection is free', async () => {
    const config = { DATABASE_URL: 'postgres://127.0.0.1:1/shop', DATABASE_POOL_SIZE: 1 };
    const away = connect({ name: 'spec', config }, 0);
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
  const extra = { ...options.extra, connectionTimeoutMillis: 1_000 };
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
