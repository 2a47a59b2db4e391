/** What a simulation puts together by itself, over rows in memory. */
export { Attempts } from './calls/attempts.ts';
export type { Call } from './calls/call.ts';
export { CallRows, type Locked, type Written } from './calls/call-rows.ts';
export type { CallWorker } from './calls/call-worker.ts';
export { type Report, Reports } from './calls/reports.ts';
export type { Changed } from './commands/payment-batch.ts';
export { PaymentRows } from './commands/payment-rows.ts';
export { PaymentsConsumer } from './commands/payments.consumer.ts';
export type { LedgerEntry } from './model/ledger.ts';
export { waitsIn } from './model/moves.ts';
export type { Payment } from './model/payment.ts';
export type { PaymentsConfig } from './payments.config.ts';
export { SandboxClient } from './psp/sandbox.client.ts';
export { Reconcile } from './reconcile/reconcile.ts';
