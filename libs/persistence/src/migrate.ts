import { commandConfig, secret } from '@shop/config';
import { logger } from '@shop/tracing';
import { z } from 'zod';
import { runMigrations, type MigrationOptions } from './migrations.ts';

const migrateConfig = z.object({
  MIGRATIONS_DATABASE_URL: secret(z.url({ protocol: /^postgres(ql)?$/ })),
  MIGRATIONS_APP_ROLE: z.string().optional(),
});

/** The whole of an app's `migrate.ts`: brings its database up to date as the owner, then lets the app's role in. */
export async function migrate(name: string, migrations: MigrationOptions['migrations']): Promise<void> {
  const config = commandConfig(`${name}-migrations`, migrateConfig);
  const log = logger(`${name}-migrations`);
  const done = await runMigrations({
    url: config.MIGRATIONS_DATABASE_URL,
    appRole: config.MIGRATIONS_APP_ROLE,
    migrations,
    log: (line) => log.info(line),
  });
  log.info({ done }, done.length ? 'the database is up to date' : 'the database was up to date');
}
