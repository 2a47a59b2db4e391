import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditController } from './audit/audit.controller.ts';
import { Audit } from './audit/audit.ts';
import { connect, type PersistenceOptions } from './data-source.ts';
import { Database } from './database.ts';
import { Idempotency } from './idempotency.ts';
import { IdempotencyPruning } from './idempotency-pruning.ts';
import { PersistenceLifecycle } from './persistence-lifecycle.ts';
import { Transactions } from './transactions.ts';

/** A service's own database: {@link Transactions}, {@link Database}, {@link Idempotency} and {@link Audit} for the whole app. */
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      controllers: options.audited ? [auditController(options.name)] : [],
      providers: [
        { provide: DataSource, useFactory: () => connect(options) },
        Database,
        Transactions,
        Idempotency,
        Audit,
        IdempotencyPruning,
        PersistenceLifecycle,
      ],
      exports: [DataSource, Database, Transactions, Idempotency, Audit],
    };
  }
}
