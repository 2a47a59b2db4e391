import { Inject, Injectable } from '@nestjs/common';
import type { Order, OrderLine, OrderStatus } from '@shop/contracts';
import type { Tx } from '@shop/persistence';
import type { Caller } from '@shop/service-kit';
import { OrderSaga } from '../model/order-saga.ts';
import { saga } from '../model/saga.ts';
import type { Limit, State } from '../model/vocabulary.ts';
import { readOrder } from '../read-orders/order-rows.ts';

export const SAGA_LIMITS = Symbol('saga limits');

export interface LockedSaga {
  saga: OrderSaga;
  /** The trace in which the order was placed. */
  traceParent: string;
  /** Seconds in the state that it was found in. */
  age: number;
  /** Seconds since the order was placed. */
  sincePlaced: number;
}

interface Row {
  id: string;
  state: State;
  seq: number;
  traceParent: string;
  age: number;
  sincePlaced: number;
  customerId: string;
  lines: OrderLine[];
  amount: number;
  currency: string;
  paymentToken: string | null;
}

/** The rows behind sagas that run. An order's saga is locked before anything is decided about it. */
@Injectable()
export class SagaRows {
  constructor(@Inject(SAGA_LIMITS) private readonly limits: Record<Limit, number>) {}

  /** Locks the sagas of these orders, always in the order of their ids, so that two batches cannot wait for each other. */
  async lock(tx: Tx, orderIds: readonly string[]): Promise<Map<string, LockedSaga>> {
    const rows = await tx.query<Row>(LOCK, [orderIds]);
    return new Map(rows.map((row) => [row.id, restore(row)]));
  }

  /** Locks sagas whose time limit has passed by the database's clock, skipping those that somebody is at. */
  async lockOverdue(tx: Tx, limit: number): Promise<Map<string, LockedSaga>> {
    const due = await tx.query<{ id: string }>(LOCK_DUE, [limit]);
    if (due.length === 0) return new Map();
    return this.lock(
      tx,
      due.map(({ id }) => id),
    );
  }

  /** Writes back what changed, with one statement however many sagas there are. */
  save(tx: Tx, sagas: readonly OrderSaga[]): void {
    const entries = sagas.flatMap(({ order, entries }) =>
      entries.map((entry) => ({ ...entry, orderId: order.id })),
    );
    tx.write(SAVE, [
      sagas.map(({ order }) => order.id),
      sagas.map(({ state }) => state),
      sagas.map(({ seq }) => seq),
      sagas.map(({ entered }) => entered),
      sagas.map(({ state }) => limitOf(state, this.limits)),
      sagas.map(changedStatus),
      sagas.map(({ reason }) => reason ?? null),
      entries.map(({ orderId }) => orderId),
      entries.map(({ seq }) => seq),
      entries.map(({ service }) => service),
      entries.map(({ type }) => type),
      entries.map(({ detail }) => detail),
      entries.map(({ traceId }) => traceId),
    ]);
  }

  /** The order as the caller may see it. */
  readOrder(tx: Tx, orderId: string, caller: Caller): Promise<Order> {
    return readOrder(tx, orderId, caller);
  }
}

const LOCK = `
  SELECT o.id, s.state, s.timeline_seq AS seq, s.trace_parent AS "traceParent",
    extract(epoch FROM clock_timestamp() - s.since)::float8 AS age,
    extract(epoch FROM clock_timestamp() - o.created_at)::float8 AS "sincePlaced",
    o.customer_id AS "customerId", o.lines, o.total_amount::float8 AS amount, o.currency,
    o.payment_token AS "paymentToken"
  FROM order_sagas s JOIN orders o ON o.id = s.order_id
  WHERE s.order_id = ANY($1) ORDER BY s.order_id FOR UPDATE OF s`;

const LOCK_DUE = `
  SELECT order_id AS id FROM order_sagas WHERE deadline < now()
  ORDER BY deadline LIMIT $1 FOR UPDATE SKIP LOCKED`;

// The clock, not the transaction's start: entries of one order then never go back in time.
// Whatever status comes after the first, there is nothing left to pay for, and the token is forgotten.
const SAVE = `
  WITH v AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bool[], $5::int[], $6::text[], $7::jsonb[])
      AS v (id, state, seq, entered, limit_ms, status, reason)
  ), moved AS (
    UPDATE order_sagas s
    SET state = v.state, timeline_seq = v.seq,
      since = CASE WHEN v.entered THEN clock_timestamp() ELSE s.since END,
      deadline = CASE WHEN v.entered THEN clock_timestamp() + v.limit_ms * interval '1 millisecond' ELSE s.deadline END
    FROM v WHERE s.order_id = v.id
  ), ended AS (
    UPDATE orders o SET status = v.status, reason = v.reason, payment_token = NULL, updated_at = clock_timestamp()
    FROM v WHERE o.id = v.id AND v.status IS NOT NULL
  )
  INSERT INTO order_timeline (order_id, seq, at, service, type, detail, trace_id)
  SELECT id, seq, clock_timestamp(), service, type, detail, trace_id
  FROM unnest($8::uuid[], $9::int[], $10::text[], $11::text[], $12::jsonb[], $13::text[])
    AS e (id, seq, service, type, detail, trace_id)`;

function restore({ state, seq, traceParent, age, sincePlaced, amount, currency, ...order }: Row): LockedSaga {
  return {
    saga: new OrderSaga({ ...order, total: { amount, currency } }, state, seq),
    traceParent,
    age,
    sincePlaced,
  };
}

/** What the customer sees from now on, if that is something else. */
function changedStatus({ left, state }: OrderSaga): OrderStatus | null {
  const { status } = saga[state];
  return left.some((from) => saga[from].status !== status) ? status : null;
}

const limitOf = (state: State, limits: Record<Limit, number>): number | null => {
  const { limit } = saga[state];
  return limit ? limits[limit] : null;
};
