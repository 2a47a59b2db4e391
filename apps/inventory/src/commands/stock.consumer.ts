import { CommitStock, ReleaseStock, ReserveStock } from '@shop/contracts';
import { Consumer, HandlesBatch, Outbox, type BatchContext, type DeliveryOf } from '@shop/messaging';
import type { Reply } from '../model/replies.ts';
import { Warehouse } from '../model/warehouse.ts';
import { StockRows } from './stock-rows.ts';

const commands = [ReserveStock, CommitStock, ReleaseStock] as const;
type Command = DeliveryOf<typeof commands>;

/** One batch, one transaction: a product that everybody wants is locked once for many orders. */
@Consumer()
export class StockConsumer {
  constructor(
    private readonly rows: StockRows,
    private readonly outbox: Outbox,
  ) {}

  @HandlesBatch(...commands)
  async carryOut(deliveries: Command[], { tx }: BatchContext): Promise<void> {
    const held = await this.rows.lock(tx, deliveries);
    const warehouse = new Warehouse(held.levels, held.reservations);
    for (const delivery of deliveries) {
      const { definition, payload } = obey(warehouse, delivery);
      this.outbox.publish(tx, definition, payload, { cause: delivery });
    }
    this.rows.write(tx, held, warehouse.changes(), deliveries);
  }
}

function obey(warehouse: Warehouse, { type, payload }: Command): Reply {
  switch (type) {
    case ReserveStock.type:
      return warehouse.reserve(payload.orderId, payload.lines);
    case CommitStock.type:
      return warehouse.commit(payload.orderId);
    case ReleaseStock.type:
      return warehouse.release(payload.orderId);
  }
}
