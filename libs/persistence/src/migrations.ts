import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { TypeOrmLog } from './typeorm-log.ts';

// "shop" in ASCII. Replicas that start together migrate one after the other.
const LOCK = 0x73686f70;

// A migration that waits for a table lock makes every later query wait behind it; better to give up and be run again.
const LOCK_TIMEOUT_MS = 10_000;

/** What a database is brought up to, by whom, and for whom. */
export interface MigrationOptions {
  url: string;
  migrations: NonNullable<DataSourceOptions['migrations']>;
  /** The role that the app connects as: gets DML on every table and no DDL. */
  appRole?: string;
  log?: (line: string) => void;
}

/** Runs what is pending, each migration in its own transaction, and returns their names. Safe to run from several places at once. */
export async function runMigrations({
  url,
  migrations,
  appRole,
  log = () => {},
}: MigrationOptions): Promise<string[]> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    migrations,
    applicationName: 'migrations',
    connectTimeoutMS: 10_000,
    extra: { max: 2, lock_timeout: LOCK_TIMEOUT_MS },
    logger: new TypeOrmLog(log),
  }).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`SET lock_timeout = 0`);
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    if (appRole) await grant(dataSource, appRole);
    return done.map(({ name }) => name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

/** Data only, of this database only: others are let in by nobody, and the app role owns nothing, so it can neither alter a table nor rewrite the records of migrations and of administrators. */
async function grant(dataSource: DataSource, appRole: string): Promise<void> {
  const role = pg.escapeIdentifier(appRole);
  const [{ audited, name }] = (await dataSource.query(
    `SELECT to_regclass('public.audit_records') IS NOT NULL AS audited, current_database() AS name`,
  )) as [{ audited: boolean; name: string }];
  const database = pg.escapeIdentifier(name);
  // In one go, which is one transaction: at no time may the role do more.
  await dataSource.query(`
    REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${database} TO ${role};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role};
    ${audited ? `REVOKE UPDATE, DELETE ON audit_records FROM ${role};` : ''}
    REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${role}`);
}
