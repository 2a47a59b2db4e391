import { Injectable } from '@nestjs/common';
import { HealthChecks, ShutdownSequence } from '@shop/service-kit';
import { Database, poolOf } from './database.ts';
import { observePool } from './pool-gauges.ts';

/** Ties the database to the service's health and shutdown. */
@Injectable()
export class PersistenceLifecycle {
  constructor(
    private readonly database: Database,
    health: HealthChecks,
    shutdown: ShutdownSequence,
  ) {
    health.readiness('database', async () => void (await database.query('SELECT 1', undefined, 'accepted')));
    health.startup('migrated', () => this.#migrated());
    const { applicationName = 'database' } = database.dataSource.options as { applicationName?: string };
    const stopObserving = observePool(applicationName, poolOf(database.dataSource));
    shutdown.add('database', 'pool', () => {
      stopObserving();
      return database.dataSource.destroy();
    });
  }

  /** A new version may start before its migration has run; it must not be called ready until then. */
  async #migrated(): Promise<void> {
    const rows = await this.database.query<{ name: string }>('SELECT name FROM migrations');
    const done = new Set(rows.map(({ name }) => name));
    const pending = this.database.dataSource.migrations.map(
      ({ name, constructor }) => name ?? constructor.name,
    );
    const missing = pending.filter((name) => !done.has(name));
    if (missing.length || !done.size)
      throw new Error(`migrations have not run: ${missing.join(', ') || 'none has'}`);
  }
}
