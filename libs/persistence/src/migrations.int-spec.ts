import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@shop/testing';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { CreateAuditRecords1700000002000 } from './audit/create-audit-records.ts';
import { CreateIdempotencyKeys1700000000001 } from './create-idempotency-keys.ts';
import { runMigrations } from './migrations.ts';

class CreateNotes1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)');
    await runner.query('SELECT pg_sleep(0.1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

class Broken1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('SELECT no_such_function()');
  }

  async down(): Promise<void> {}
}

const migrations = [CreateIdempotencyKeys1700000000001, CreateNotes1700000000002];
const names = migrations.map(({ name }) => name);

async function query(url: string, sql: string): Promise<{ name: string }[]> {
  const client = new pg.Client(url);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

describe('migrations', () => {
  let database: TestDatabase;
  const tables = async () =>
    (
      await query(
        database.url,
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
      )
    ).map(({ name }) => name);

  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.drop());

  it('run once, in order', async () => {
    expect(await runMigrations({ url: database.url, migrations })).toEqual(names);
    expect(await runMigrations({ url: database.url, migrations })).toEqual([]);
    expect(await tables()).toEqual(['idempotency_keys', 'migrations', 'notes']);
  });

  it('can be taken back', async () => {
    await runMigrations({ url: database.url, migrations });
    const dataSource = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
    for (const _ of migrations) await dataSource.undoLastMigration();
    await dataSource.destroy();
    expect(await tables()).toEqual(['migrations']);
  });

  it('run once when several places start them together', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runMigrations({ url: database.url, migrations })));
    expect(runs.flat()).toEqual(names);
  });

  it('keep what ran before a broken one, and nothing of that', async () => {
    const broken = runMigrations({ url: database.url, migrations: [...migrations, Broken1700000000003] });
    await expect(broken).rejects.toThrow('no_such_function');
    expect(await tables()).toEqual(['idempotency_keys', 'migrations', 'notes']);
  });
});

describe('the role of the app', () => {
  const role = `app_${randomUUID().slice(0, 8)}`;
  let database: TestDatabase;
  let appUrl: string;
  const all = [...migrations, CreateAuditRecords1700000002000];

  beforeAll(async () => {
    database = await testDatabase();
    await query(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'spec'`);
    await runMigrations({ url: database.url, migrations: all, appRole: role });
    appUrl = Object.assign(new URL(database.url), { username: role, password: 'spec' }).href;
  });
  afterAll(async () => {
    await query(database.url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await database.drop();
  });

  it('reads and writes data, and reads which migrations have run', async () => {
    await query(
      appUrl,
      `INSERT INTO notes (text) VALUES ('a'); UPDATE notes SET text = 'b'; DELETE FROM notes`,
    );
    expect(await query(appUrl, 'SELECT name FROM migrations ORDER BY id')).toEqual(
      all.map(({ name }) => ({ name })),
    );
  });

  it('is the only one that may connect, beside the owner', async () => {
    const stranger = `stranger_${randomUUID().slice(0, 8)}`;
    await query(database.url, `CREATE ROLE ${stranger} LOGIN PASSWORD 'spec'`);
    const url = Object.assign(new URL(database.url), { username: stranger, password: 'spec' }).href;
    await expect(
      query(url, 'SELECT 1').finally(() => query(database.url, `DROP ROLE ${stranger}`)),
    ).rejects.toThrow('permission denied for database');
  });

  it('adds to the record of administrators and reads it', async () => {
    await query(
      appUrl,
      `INSERT INTO audit_records (actor, action, subject, trace_id) VALUES ('a', 'b', 'c', '')`,
    );
    expect(await query(appUrl, `SELECT actor AS name FROM audit_records`)).toEqual([{ name: 'a' }]);
  });

  it.each([
    `UPDATE audit_records SET actor = 'b'`,
    'DELETE FROM audit_records',
    'TRUNCATE audit_records',
    'ALTER TABLE notes ADD COLUMN more text',
    'DROP TABLE notes',
    'TRUNCATE notes',
    'CREATE TABLE mine (id int)',
    'CREATE INDEX mine ON notes (text)',
    'DELETE FROM migrations',
  ])('is refused: %s', async (statement) => {
    await expect(query(appUrl, statement)).rejects.toMatchObject({ code: '42501' });
  });
});
