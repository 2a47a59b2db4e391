import { Injectable } from '@nestjs/common';
import type {
  CustomerOrder,
  CustomerOrderQuery,
  Order,
  Page,
  ShippingAddress,
  TimelineEntry,
} from '@shop/contracts';
import { Database } from '@shop/persistence';
import { ListOrders } from '../read-orders/list-orders.ts';

interface Rest {
  id: string;
  shippingAddress: ShippingAddress | null;
  timeline: TimelineEntry[];
}

/** A customer's orders with all that is held about them. */
@Injectable()
export class CustomerOrders {
  constructor(
    private readonly database: Database,
    private readonly orders: ListOrders,
  ) {}

  async page(customerId: string, query: CustomerOrderQuery): Promise<Page<CustomerOrder>> {
    const { items, nextCursor } = await this.orders.run(customerId, query);
    const rest = await this.#restOf(items);
    return {
      items: items.map((order) => ({ order, ...rest.get(order.id)! })),
      nextCursor,
    };
  }

  async #restOf(orders: readonly Order[]): Promise<Map<string, Omit<Rest, 'id'>>> {
    const rows = await this.database.query<Rest>(REST, [orders.map(({ id }) => id)]);
    return new Map(rows.map(({ id, ...rest }) => [id, { ...rest, timeline: rest.timeline.map(inUtc) }]));
  }
}

/** PostgreSQL writes times in JSON with an offset. */
const inUtc = ({ at, ...entry }: TimelineEntry): TimelineEntry => ({
  ...entry,
  at: new Date(at).toISOString(),
});

const REST = `
  SELECT o.id, a.address AS "shippingAddress", t.entries AS timeline
  FROM unnest($1::uuid[]) AS o (id)
  LEFT JOIN shipping_addresses a ON a.order_id = o.id
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(e ORDER BY seq), '[]') AS entries FROM (
      SELECT seq, at, service, type, detail, trace_id AS "traceId" FROM order_timeline WHERE order_id = o.id
    ) AS e
  ) AS t`;
