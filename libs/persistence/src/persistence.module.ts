import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connect, type PersistenceOptions } from './data-source.ts';
import { Database } from './database.ts';
import { Idempotency } from './idempotency.ts';
import { IdempotencyPruning } from './idempotency-pruning.ts';
import { PersistenceLifecycle } from './persistence-lifecycle.ts';
import { Transactions } from './transactions.ts';

/** A service's own database: {@link Transactions}, {@link Database} and {@link Idempotency} for the whole app. */
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      providers: [
        { provide: DataSource, useFactory: () => connect(options) },
        Database,
        Transactions,
        Idempotency,
        IdempotencyPruning,
        PersistenceLifecycle,
      ],
      exports: [DataSource, Database, Transactions, Idempotency],
    };
  }
}
