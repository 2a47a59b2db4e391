import { describe, expect, it } from '@jest/globals';
import { testDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { CreateMessagingTables1700000000000 } from './create-messaging-tables.ts';

describe('the tables of messaging', () => {
  it('are created with their lanes and removed without a trace', async () => {
    const { url, drop } = await testDatabase();
    const dataSource = await new DataSource({
      type: 'postgres',
      url,
      migrations: [CreateMessagingTables1700000000000],
    }).initialize();
    const tables = async () => {
      const rows: { name: string }[] = await dataSource.query(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
      );
      return rows.map(({ name }) => name);
    };
    await dataSource.runMigrations();
    expect(await tables()).toEqual(['inbox', 'migrations', 'outbox', 'outbox_lanes', 'outbox_relays']);
    expect(await dataSource.query('SELECT count(*)::int AS lanes FROM outbox_lanes')).toEqual([
      { lanes: 16 },
    ]);
    await dataSource.undoLastMigration();
    expect(await tables()).toEqual(['migrations']);
    await dataSource.destroy();
    await drop();
  });
});
