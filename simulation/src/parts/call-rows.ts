import { type Call, CallRows, type Locked, type PaymentsConfig, type Written } from '@shop/payments/parts';
import type { Clock } from '../memory/clock.ts';
import type { MemoryTx } from '../memory/tx.ts';
import type { CallRow, PaymentTables } from './payment-tables.ts';

/**
 * The calls in memory. Their pauses are left out: a call that failed may be made again at once, or whenever else the schedule
 * comes to it.
 */
export class MemoryCallRows extends CallRows {
  constructor(
    private readonly tables: PaymentTables,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {
    super(undefined as never, {} as PaymentsConfig);
  }

  override claim(worker: string, limit: number): Promise<Call[]> {
    const { workers } = this.tables;
    const { now } = this.clock;
    workers.set(worker, now + this.leaseMs);
    const due = this.tables
      .openCalls()
      .filter(({ claimedBy, updatedAt }) =>
        claimedBy === worker ? updatedAt <= now - this.leaseMs : !((workers.get(claimedBy ?? '') ?? 0) > now),
      )
      .slice(0, limit);
    for (const call of due)
      Object.assign(call, {
        claimedBy: worker,
        uncertain: call.uncertain || call.claimedBy !== null,
        updatedAt: now,
      });
    return Promise.resolve(due.map((call) => this.tables.toCall(call)));
  }

  override lock(_tx: MemoryTx, worker: string, callIds: readonly string[]): Promise<Map<string, Locked>> {
    const found = callIds
      .flatMap((id) => this.#open(id) ?? [])
      .filter(({ claimedBy }) => claimedBy === worker);
    return Promise.resolve(
      new Map(
        found.map((row) => [
          row.id,
          { call: this.tables.toCall(row), payment: this.tables.payment(row.paymentId) },
        ]),
      ),
    );
  }

  override write(tx: MemoryTx, { payments, done, postponed, entries }: Written): void {
    const { now: updatedAt } = this.clock;
    tx.effect(() => {
      for (const payment of payments)
        Object.assign(this.tables.payments.get(payment.orderId)!, { ...payment, updatedAt });
      for (const id of done) Object.assign(this.#open(id)!, { state: 'done', claimedBy: null, updatedAt });
      for (const { id, attempts, uncertain } of postponed)
        Object.assign(this.#open(id)!, { attempts, uncertain, updatedAt });
      for (const entry of entries) {
        const key = `${entry.paymentId} ${entry.kind} ${entry.account}`;
        if (!this.tables.ledger.has(key)) this.tables.ledger.set(key, entry);
      }
    });
  }

  #open(id: string): CallRow | undefined {
    const call = this.tables.calls[Number(id) - 1];
    return call?.state === 'open' ? call : undefined;
  }
}
