export { CreateIdempotencyKeys1700000000001 } from './create-idempotency-keys.ts';
export { Database } from './database.ts';
export { Idempotency, type Answer, type IdempotentRequest } from './idempotency.ts';
export { migrate } from './migrate.ts';
export { runMigrations } from './migrations.ts';
export { PersistenceModule } from './persistence.module.ts';
export { isInfrastructureError, sqlState } from './sql-state.ts';
export { Transactions } from './transactions.ts';
export { Tx } from './tx.ts';
