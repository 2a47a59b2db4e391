import { Injectable } from '@nestjs/common';
import { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { inNewTrace } from '@shop/tracing';
import { StockRows } from '../commands/stock-rows.ts';
import { Warehouse } from '../model/warehouse.ts';

export const expiryBatch = 200;

/** Frees the stock of reservations that nobody committed in time. */
@Injectable()
export class ExpireReservations {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: StockRows,
    private readonly outbox: Outbox,
  ) {}

  /** Answers how many it freed, at most a batch of them. */
  run(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const { carriers, ...held } = await this.rows.lockOverdue(tx, expiryBatch);
      const warehouse = new Warehouse(held.levels, held.reservations);
      for (const { orderId } of held.reservations) {
        const reply = warehouse.expire(orderId);
        if (reply)
          inNewTrace(carriers.get(orderId) ?? {}, () =>
            this.outbox.publish(tx, reply.definition, reply.payload),
          );
      }
      this.rows.write(tx, held, warehouse.changes());
      return held.reservations.length;
    });
  }
}
