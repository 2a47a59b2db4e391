import { setTimeout as pause } from 'node:timers/promises';
import { isInfrastructureError } from '@shop/resilience';
import { logger } from '@shop/tracing';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { MigrationOptions } from './migrations.ts';
import { TimelyClient } from './timely-client.ts';
import { watched } from './silence.ts';
import { TypeOrmLog } from './typeorm-log.ts';

/** What {@link PersistenceModule.forRoot} needs. `name` shows in pg_stat_activity. */
export interface PersistenceOptions {
  name: string;
  config: { DATABASE_URL: string; DATABASE_POOL_SIZE: number };
  entities?: DataSourceOptions['entities'];
  /** The service has administrators, whose deeds are recorded and shown. */
  audited?: true;
  /** What must have run before the service counts as started. */
  migrations?: MigrationOptions['migrations'];
}

const log = logger('database');

/**
 * A connected data source. Never changes the schema: that is the migration's job, under another role. A database that is away
 * is waited for: who ends instead is started again by its platform after ever longer pauses, and is away longer than the database.
 */
export async function connect(options: PersistenceOptions, patienceMs = 30_000): Promise<DataSource> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await new DataSource(dataSourceOptions(options)).initialize();
    } catch (error) {
      if (!isInfrastructureError(error) || performance.now() > until) throw error;
      log.warn({ err: error }, 'the database cannot be reached; trying again');
      await pause(500);
    }
  }
}

/** TypeORM's options for a service. */
export const dataSourceOptions = ({
  name,
  config,
  entities = [],
  migrations = [],
}: PersistenceOptions): DataSourceOptions => ({
  type: 'postgres',
  url: config.DATABASE_URL,
  applicationName: name,
  poolSize: config.DATABASE_POOL_SIZE,
  entities,
  migrations,
  installExtensions: false,
  logger: new TypeOrmLog((line) => log.warn(line)),
  // Without a handler a lost idle connection would end the process; the pool has dropped it already.
  poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'an idle database connection was lost'),
  extra: {
    Client: TimelyClient,
    idleTimeoutMillis: 30_000,
    // So that load spreads again after a fail-over.
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
    pipeline: true,
    onConnect: watched,
    // Sent when a connection starts, so they cost no statement.
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
  },
});
