import type { Order, ShippingAddress } from '@shop/contracts';
import type { Tx } from '@shop/persistence';
import type { OrderSaga } from '../model/order-saga.ts';
import { saga } from '../model/saga.ts';

interface Circumstances {
  shippingAddress: ShippingAddress;
  traceParent: string;
  /** How long the first step may take. */
  limitMs: number;
  /** By the database's clock. */
  at: Date;
}

/** Order, address, saga and first timeline entries with one statement. */
const INSERT = `
  WITH saga AS (
    INSERT INTO order_sagas (order_id, state, deadline, timeline_seq, trace_parent)
    VALUES ($1, $8, clock_timestamp() + $9 * interval '1 millisecond', $10, $11)
  ), timeline AS (
    INSERT INTO order_timeline (order_id, seq, at, service, type, detail, trace_id)
    SELECT $1, seq, clock_timestamp(), service, type, detail, trace_id
    FROM unnest($12::int[], $13::text[], $14::text[], $15::jsonb[], $16::text[]) AS v (seq, service, type, detail, trace_id)
  ), delivery AS (
    INSERT INTO shipping_addresses (order_id, address) VALUES ($1, $7)
  )
  INSERT INTO orders (id, customer_id, lines, total_amount, currency, payment_token) VALUES ($1, $2, $3, $4, $5, $6)`;

/** Writes the order and answers what the customer sees of it. */
export function insertOrder(tx: Tx, { order, state, seq, entries }: OrderSaga, given: Circumstances): Order {
  const { id, customerId, lines, total, paymentToken } = order;
  tx.write(INSERT, [
    id,
    customerId,
    JSON.stringify(lines),
    total.amount,
    total.currency,
    paymentToken,
    given.shippingAddress,
    state,
    given.limitMs,
    seq,
    given.traceParent,
    entries.map((entry) => entry.seq),
    entries.map((entry) => entry.service),
    entries.map((entry) => entry.type),
    entries.map((entry) => entry.detail),
    entries.map((entry) => entry.traceId),
  ]);
  const at = given.at.toISOString();
  return { id, status: saga[state].status, lines, total, reason: null, createdAt: at, updatedAt: at };
}
