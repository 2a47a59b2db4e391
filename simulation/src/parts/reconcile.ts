import { Reconcile, waitsIn } from '@shop/payments/parts';
import type { Clock } from '../memory/clock.ts';
import type { PaymentTables } from './payment-tables.ts';

const stepFor = new Map(
  Object.entries(waitsIn).map(([step, state]) => [state as string, step as keyof typeof waitsIn]),
);

/** Has the provider asked about payments that rest unfinished without a call, in memory. */
export class MemoryReconcile extends Reconcile {
  constructor(
    private readonly tables: PaymentTables,
    private readonly clock: Clock,
  ) {
    super(undefined as never);
  }

  override run(restedMs: number): Promise<number> {
    const rested = [...this.tables.payments.values()].filter(
      ({ id, state, updatedAt }) =>
        stepFor.has(state) && updatedAt < this.clock.now - restedMs && !this.tables.openCallOf(id),
    );
    for (const payment of rested) {
      payment.updatedAt = this.clock.now;
      const step = stepFor.get(payment.state)!;
      this.tables.open({
        paymentId: payment.id,
        step,
        uncertain: true,
        claimedBy: null,
        updatedAt: this.clock.now,
      });
    }
    return Promise.resolve(rested.length);
  }
}
