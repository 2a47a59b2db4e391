import type { Order, OrderLine, OrderStatus, Reason } from '@shop/contracts';
import { type Caller, Problem } from '@shop/service-kit';
import { problems } from '../orders.errors.ts';

/** A transaction or the database. */
export interface Rows {
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
}

export interface OrderRow {
  id: string;
  customerId: string;
  status: OrderStatus;
  lines: OrderLine[];
  amount: number;
  currency: string;
  reason: Reason | null;
  createdAt: Date;
  updatedAt: Date;
}

export const orderColumns = `
  id, customer_id AS "customerId", status, lines, total_amount::float8 AS amount, currency, reason,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The order as its owner or an administrator may see it; to anyone else it does not exist. */
export async function readOrder(rows: Rows, id: string, caller: Caller): Promise<Order> {
  const [row] = await rows.query<OrderRow>(`SELECT ${orderColumns} FROM orders WHERE id = $1`, [id]);
  refuseStranger(row, caller);
  return toOrder(row);
}

export function refuseStranger<T extends { customerId: string }>(
  order: T | undefined,
  caller: Caller,
): asserts order is T {
  if (!order || (order.customerId !== caller.id && !caller.isAdmin)) throw new Problem(problems.notFound);
}

export const toOrder = ({
  id,
  status,
  lines,
  amount,
  currency,
  reason,
  createdAt,
  updatedAt,
}: OrderRow): Order => ({
  id,
  status,
  lines,
  total: { amount, currency },
  reason,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
