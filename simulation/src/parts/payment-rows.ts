import { type Call, type Changed, type Payment, PaymentRows } from '@shop/payments/parts';
import type { Clock } from '../memory/clock.ts';
import type { MemoryTx } from '../memory/tx.ts';
import type { CallRow, PaymentTables } from './payment-tables.ts';

/** What the commands of a batch read and write, in memory. */
export class MemoryPaymentRows extends PaymentRows {
  constructor(
    private readonly tables: PaymentTables,
    private readonly clock: Clock,
  ) {
    super();
  }

  override lock(_tx: MemoryTx, orderIds: readonly string[]): Promise<Payment[]> {
    const { payments } = this.tables;
    return Promise.resolve([...new Set(orderIds)].flatMap((id) => payments.get(id) ?? []));
  }

  override write(
    tx: MemoryTx,
    changed: readonly Changed[],
    worker: string | null,
    opened: (calls: Call[]) => void,
  ): void {
    tx.effect(() => {
      const mine: Call[] = [];
      for (const { payment, step } of changed) {
        this.tables.payments.set(payment.orderId, { ...payment, updatedAt: this.clock.now });
        const call = step && this.#open(payment.id, step, worker);
        if (call && worker !== null && call.claimedBy === worker) mine.push(this.tables.toCall(call));
      }
      opened(mine);
    });
  }

  /** A newer call takes the place of an open one; it stays with the worker that is at that. */
  #open(paymentId: string, step: CallRow['step'], worker: string | null): CallRow {
    const updatedAt = this.clock.now;
    const open = this.tables.openCallOf(paymentId);
    if (!open) return this.tables.open({ paymentId, step, uncertain: false, claimedBy: worker, updatedAt });
    const next = {
      step,
      version: open.version + 1,
      attempts: 0,
      uncertain: false,
      updatedAt,
      claimedBy: open.claimedBy ?? worker,
    };
    return Object.assign(open, next);
  }
}
