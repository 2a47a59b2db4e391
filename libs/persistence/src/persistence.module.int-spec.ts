import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { HealthChecks, ShutdownSequence } from '@shop/service-kit';
import { eventually, Scrape, testDatabase, type TestDatabase } from '@shop/testing';
import { renderMetrics, startTelemetry } from '@shop/tracing';
import type { MigrationInterface } from 'typeorm';
import { CreateIdempotencyKeys1700000000001 } from './create-idempotency-keys.ts';
import { Database } from './database.ts';
import { Idempotency } from './idempotency.ts';
import { runMigrations } from './migrations.ts';
import { PersistenceModule } from './persistence.module.ts';
import { Transactions } from './transactions.ts';

@Global()
@Module({ providers: [HealthChecks, ShutdownSequence], exports: [HealthChecks, ShutdownSequence] })
class ServiceKit {}

class Later1700000000002 implements MigrationInterface {
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}

const migrations = [CreateIdempotencyKeys1700000000001, Later1700000000002];

describe('the persistence module', () => {
  let database: TestDatabase;
  const start = () => {
    const config = { DATABASE_URL: database.url, DATABASE_POOL_SIZE: 3 };
    const persistence = PersistenceModule.forRoot({ name: 'spec', config, migrations });
    return Test.createTestingModule({ imports: [ServiceKit, persistence] }).compile();
  };

  beforeEach(async () => void (database = await testDatabase()));
  afterEach(() => database.drop());

  it('offers transactions, reads and idempotency under the name and limits of the service', async () => {
    await runMigrations({ url: database.url, migrations });
    const app = await start();
    const settings = await app
      .get(Database)
      .query(
        `SELECT name, setting FROM pg_settings WHERE name IN ('application_name', 'statement_timeout') ORDER BY name`,
      );
    expect(settings).toEqual([
      { name: 'application_name', setting: 'spec' },
      { name: 'statement_timeout', setting: '10000' },
    ]);
    expect(app.get(Idempotency)).toBeInstanceOf(Idempotency);
    expect(await app.get(Transactions).run((tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
    await app.get(ShutdownSequence).run();
    await expect(app.get(Database).query('SELECT 1')).rejects.toThrow();
  });

  it('shows its pool: what is idle, what is used, and who waits', async () => {
    await startTelemetry('spec');
    const app = await start();
    const of = async (what: string, labels = {}) =>
      new Scrape((await renderMetrics()).text).value(`db_client_connection_${what}`, {
        db_client_connection_pool_name: 'spec',
        ...labels,
      });
    const count = (state: string) => of('count', { db_client_connection_state: state });
    expect(await of('max')).toBe(3);
    const gate = Promise.withResolvers<void>();
    const work = [1, 2, 3, 4, 5].map(() => app.get(Transactions).run(() => gate.promise));
    await eventually(async () => expect(await count('used')).toBe(3));
    expect(await of('pending_requests')).toBe(2);
    gate.resolve();
    await Promise.all(work);
    expect([await count('used'), await count('idle'), await of('pending_requests')]).toEqual([0, 3, 0]);
    const asked = app.get(Database).query('SELECT 1');
    expect(await of('pending_requests')).toBe(0);
    await asked;
    await app.get(ShutdownSequence).run();
    expect(await of('max')).toBeUndefined();
  });

  it('is ready with its database, and started once every migration has run', async () => {
    const app = await start();
    const health = app.get(HealthChecks);
    expect(await health.ready()).toMatchObject({ healthy: true, checks: { database: 'ok' } });
    expect(await health.started()).toMatchObject({ healthy: false });

    await runMigrations({ url: database.url, migrations: migrations.slice(0, 1) });
    expect(await health.started()).toMatchObject({
      checks: { migrated: expect.stringContaining(Later1700000000002.name) },
    });

    await runMigrations({ url: database.url, migrations });
    expect(await health.started()).toMatchObject({ healthy: true });

    await app.get(ShutdownSequence).run();
    expect(await health.ready()).toMatchObject({ healthy: false });
  });
});
