import { Injectable } from '@nestjs/common';
import { HealthChecks, ShutdownSequence } from '@shop/service-kit';
import { Database } from './database.ts';

/** Ties the database to the service's health and shutdown. */
@Injectable()
export class PersistenceLifecycle {
  constructor(
    private readonly database: Database,
    health: HealthChecks,
    shutdown: ShutdownSequence,
  ) {
    health.readiness('database', async () => void (await database.query('SELECT 1')));
    health.startup('migrated', () => this.#migrated());
    shutdown.add('database', 'pool', () => database.dataSource.destroy());
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
