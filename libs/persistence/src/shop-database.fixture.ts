import { jest } from '@jest/globals';
import { testDatabase } from '@shop/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';
import { Database } from './database.ts';
import { runMigrations, type MigrationOptions } from './migrations.ts';
import { Transactions } from './transactions.ts';

/** A migrated database of its own, with a service's connection to it. */
export async function shopDatabase(migrations: MigrationOptions['migrations'] = []) {
  const { url, drop } = await testDatabase();
  await runMigrations({ url, migrations });
  const config = { DATABASE_URL: url, DATABASE_POOL_SIZE: 5 };
  const dataSource = await new DataSource(
    dataSourceOptions({ name: 'spec', config, migrations }),
  ).initialize();
  return {
    url,
    dataSource,
    database: new Database(dataSource),
    transactions: new Transactions(dataSource),
    async [Symbol.asyncDispose]() {
      await dataSource.destroy();
      await drop();
    },
  };
}

/** Runs work and returns the first word of every statement that reached the driver. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const sent = query.mock.calls.map(([statement]) => statement as string | { text: string });
    const texts = sent.map((statement) => (typeof statement === 'string' ? statement : statement.text));
    return texts.map((text) => text.trim().split(' ')[0]!);
  } finally {
    query.mockRestore();
  }
}
