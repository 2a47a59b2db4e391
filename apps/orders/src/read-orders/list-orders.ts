import { Inject, Injectable } from '@nestjs/common';
import { Id, type Order, type OrderQuery, type Page } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { CursorCodec } from '@shop/service-kit';
import { z } from 'zod';
import { ORDERS_CONFIG, type OrdersConfig } from '../orders.config.ts';
import { orderColumns, type OrderRow, toOrder } from './order-rows.ts';

const Cursor = z.strictObject({ before: Id });

/** A customer's orders, newest first: ids sort by time, so the id alone is the cursor. */
@Injectable()
export class ListOrders {
  readonly #cursors: CursorCodec;

  constructor(
    private readonly database: Database,
    @Inject(ORDERS_CONFIG) config: OrdersConfig,
  ) {
    this.#cursors = new CursorCodec(config.CURSOR_SECRET);
  }

  async run(customerId: string, { status, limit, cursor }: OrderQuery): Promise<Page<Order>> {
    const before = cursor === undefined ? undefined : this.#cursors.decode(Cursor, cursor).before;
    const conditions = ['customer_id = $1'];
    const params: unknown[] = [customerId, limit + 1];
    if (status) conditions.push(`status = $${params.push(status)}`);
    if (before) conditions.push(`id < $${params.push(before)}`);
    const rows = await this.database.query<OrderRow>(
      `SELECT ${orderColumns} FROM orders WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $2`,
      params,
    );
    const items = rows.slice(0, limit).map(toOrder);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.#cursors.encode({ before: last.id }) : null };
  }
}
