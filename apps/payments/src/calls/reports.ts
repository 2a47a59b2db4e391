import { Injectable } from '@nestjs/common';
import { PaymentAttemptFailed } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { isInfrastructureError, Transactions, type Tx } from '@shop/persistence';
import { logger } from '@shop/tracing';
import { entriesOf } from '../model/ledger.ts';
import { settle, type PspPayment } from '../model/payment.ts';
import { replyOf } from '../model/replies.ts';
import type { Call } from './call.ts';
import { CallRows, type Locked, type Written } from './call-rows.ts';

/** How an attempt ended: what was seen at the provider, or why nothing was. */
export type Report = { call: Call } & (
  { seen: PspPayment | undefined } | { failed: { reason: string; uncertain: boolean; retryInMs: number } }
);

/** `lost`: the call is no longer this worker's; `instead` may be the one that took its place. `unstored`: what was seen is forgotten. */
export type Receipt = { result: 'stored' } | { result: 'unstored' } | { result: 'lost'; instead?: Call };

interface Waiting {
  report: Report;
  receive: (receipt: Receipt) => void;
}

const batchSize = 200;

/** Stores how attempts ended, with all that follows from it. What ends while a transaction is under way is stored together in the next. */
@Injectable()
export class Reports {
  private readonly log = logger('reports');
  private readonly waiting: Waiting[] = [];
  private writing = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly rows: CallRows,
    private readonly outbox: Outbox,
  ) {}

  /** Never rejects. */
  store(worker: string, report: Report): Promise<Receipt> {
    return new Promise((receive) => {
      this.waiting.push({ report, receive });
      void this.flush(worker);
    });
  }

  private async flush(worker: string): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    while (this.waiting.length > 0) await this.storeBatch(worker, this.waiting.splice(0, batchSize));
    this.writing = false;
  }

  private async storeBatch(worker: string, batch: Waiting[]): Promise<void> {
    try {
      const receipts = await this.transactions.run((tx) => this.write(tx, worker, batch));
      batch.forEach(({ receive }, index) => receive(receipts[index]!));
    } catch (error) {
      if (batch.length > 1 && !isInfrastructureError(error)) {
        for (const each of batch) await this.storeBatch(worker, [each]);
        return;
      }
      this.log.error(
        { err: error, calls: batch.length },
        'outcomes could not be stored; the provider will be asked again',
      );
      for (const { receive } of batch) receive({ result: 'unstored' });
    }
  }

  private async write(tx: Tx, worker: string, batch: readonly Waiting[]): Promise<Receipt[]> {
    const locked = await this.rows.lock(
      tx,
      worker,
      batch.map(({ report }) => report.call.id),
    );
    const written: Written = { payments: [], done: [], postponed: [], entries: [] };
    const receipts = batch.map(({ report }): Receipt => {
      const now = locked.get(report.call.id);
      if (now?.call.version !== report.call.version) return { result: 'lost', instead: now?.call };
      this.record(tx, report, now, written);
      return { result: 'stored' };
    });
    this.rows.write(tx, written);
    return receipts;
  }

  private record(tx: Tx, report: Report, { call, payment: before }: Locked, written: Written): void {
    if ('failed' in report) {
      const { reason, uncertain, retryInMs } = report.failed;
      const attempt = call.attempts + 1;
      written.postponed.push({ id: call.id, attempts: attempt, uncertain, retryInMs });
      if (call.step === 'query') return;
      const payload = { orderId: call.orderId, step: call.step, attempt, reason, retryInMs };
      this.outbox.publish(tx, PaymentAttemptFailed, payload, { cause: call });
      return;
    }
    written.done.push(call.id);
    if (!report.seen) return;
    const { payment, say } = settle(before, report.seen);
    if (payment === before) return;
    written.payments.push(payment);
    written.entries.push(...entriesOf(payment));
    if (!say) return;
    const { definition, payload } = replyOf(say, payment);
    this.outbox.publish(tx, definition, payload, { cause: call });
  }
}
