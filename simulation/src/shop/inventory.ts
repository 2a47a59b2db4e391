import { ExpireReservations, StockConsumer } from '@shop/inventory/parts';
import type { Clock } from '../memory/clock.ts';
import { MemoryOutbox } from '../memory/outbox.ts';
import { MemoryTransactions } from '../memory/transactions.ts';
import { MemoryStockRows } from '../parts/stock-rows.ts';
import type { Broker } from '../transport/broker.ts';
import { partitionsOf } from '../transport/partitions-of.ts';
import { type Handler, Service } from '../transport/service.ts';
import { productIds } from './names.ts';
import { settings } from './settings.ts';

/** The inventory service over memory. */
export class Inventory {
  readonly transactions: MemoryTransactions;
  readonly outbox = new MemoryOutbox('inventory');
  readonly rows: MemoryStockRows;
  readonly service: Service;
  readonly expire: ExpireReservations;

  constructor(clock: Clock, broker: Broker, stock: readonly number[], committed: () => void) {
    this.transactions = new MemoryTransactions(committed);
    this.rows = new MemoryStockRows(clock, settings.reservationTtlMs);
    stock.forEach((onHand, index) => {
      const productId = productIds[index]!;
      this.rows.levels.set(productId, { productId, onHand, reserved: 0 });
    });
    const consumer = new StockConsumer(this.rows, this.outbox);
    const handler: Handler = (deliveries, context) => consumer.carryOut(deliveries, context);
    const partitions = partitionsOf('inventory', broker);
    this.service = new Service('inventory', this.transactions, this.outbox, partitions, () => handler);
    this.expire = new ExpireReservations(this.transactions, this.rows, this.outbox);
  }
}
