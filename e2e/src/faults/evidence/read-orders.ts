import type { Databases } from '../databases.ts';
import type { OrderBook } from '../load/order-book.ts';
import type { Charge, OrderEvidence, TimelineRow } from './order-evidence.ts';
import type { TopicMessages } from './topic-messages.ts';

const PAGE = 1_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface Sources {
  databases: Databases;
  book: OrderBook;
  /** By order. */
  keys: Map<string, string[]>;
  messages: TopicMessages;
  charges: Map<string, Charge[]>;
}

type OrderRow = NonNullable<OrderEvidence['order']> & { id: string; state: string | null; seq: number };
type OfOrder<T> = T & { id: string };

/** Every order that is in the database or was promised to somebody, a page at a time, with all that is known of it. */
export async function* readOrders(sources: Sources): AsyncGenerator<OrderEvidence> {
  const missing = new Set(sources.book.accepted.keys());
  for (let after = BEFORE_ALL; ;) {
    const orders = await sources.databases.rows<OrderRow>('orders', ORDERS, [after, PAGE]);
    if (orders.length === 0) break;
    for (const evidence of await page(sources, orders)) {
      missing.delete(evidence.id);
      yield evidence;
    }
    after = orders.at(-1)!.id;
  }
  for (const id of missing) yield { ...nothing(sources, id), order: undefined, saga: undefined };
}

async function page(sources: Sources, orders: OrderRow[]): Promise<OrderEvidence[]> {
  const ids = orders.map(({ id }) => id);
  const { databases } = sources;
  const [timelines, reservations, payments, ledger] = await Promise.all([
    byOrder(databases.rows<OfOrder<TimelineRow>>('orders', TIMELINES, [ids])),
    byOrder(
      databases.rows<OfOrder<NonNullable<OrderEvidence['reservation']>>>('inventory', RESERVATIONS, [ids]),
    ),
    byOrder(databases.rows<OfOrder<OrderEvidence['payments'][number]>>('payments', PAYMENTS, [ids])),
    byOrder(databases.rows<OfOrder<OrderEvidence['ledger'][number]>>('payments', LEDGER, [ids])),
  ]);
  return orders.map(({ id, state, seq, ...order }) => ({
    ...nothing(sources, id),
    order,
    saga: state === null ? undefined : { state, seq },
    timeline: timelines.get(id) ?? [],
    reservation: reservations.get(id)?.[0],
    payments: payments.get(id) ?? [],
    ledger: ledger.get(id) ?? [],
  }));
}

const nothing = ({ book, keys, messages, charges }: Sources, id: string) => ({
  id,
  accepted: book.accepted.get(id),
  timeline: [],
  keys: keys.get(id) ?? [],
  reservation: undefined,
  payments: [],
  ledger: [],
  charges: charges.get(id) ?? [],
  messages: messages.of(id),
});

async function byOrder<T extends { id: string }>(rows: Promise<T[]>): Promise<Map<string, T[]>> {
  return Map.groupBy(await rows, ({ id }) => id);
}

const ORDERS = `
  SELECT o.id, o.status, o.total_amount::float8 AS total, o.lines, s.state, s.timeline_seq AS seq
  FROM orders o LEFT JOIN order_sagas s ON s.order_id = o.id WHERE o.id > $1 ORDER BY o.id LIMIT $2`;
const TIMELINES = `
  SELECT order_id AS id, seq, service, type, detail->>'state' AS state
  FROM order_timeline WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, seq`;
const RESERVATIONS = `SELECT order_id AS id, state, lines FROM reservations WHERE order_id = ANY($1::uuid[])`;
const PAYMENTS = `SELECT order_id AS id, state, amount::float8 AS amount FROM payments WHERE order_id = ANY($1::uuid[])`;
const LEDGER = `
  SELECT p.order_id AS id, l.kind, l.account, l.amount::float8 AS amount
  FROM ledger_entries l JOIN payments p ON p.id = l.payment_id WHERE p.order_id = ANY($1::uuid[])`;
