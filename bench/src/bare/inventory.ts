import { claim, inTransaction, run } from './database.ts';
import { listen } from './listen.ts';
import {
  columns,
  connectProducer,
  consume,
  draft,
  intoOutbox,
  type Message,
  relay,
  type Stored,
} from './messages.ts';
import { topics } from './schema.ts';

interface Line {
  productId: string;
  quantity: number;
}
interface Reservation {
  orderId: string;
  state: string;
  lines: Line[];
  known?: boolean;
}
interface Level {
  productId: string;
  onHand: number;
  reserved: number;
}

const LOCK_RESERVATIONS = `
  SELECT order_id AS "orderId", state, lines, true AS known FROM reservations
  WHERE order_id = ANY ($1::uuid[]) ORDER BY order_id FOR UPDATE`;
// The products that new orders want, and those that known ones hold.
const LOCK_STOCK = `
  SELECT product_id AS "productId", on_hand AS "onHand", reserved FROM stock
  WHERE product_id = ANY (ARRAY(
    SELECT unnest($1::uuid[]) UNION
    SELECT (line ->> 'productId')::uuid FROM reservations, jsonb_array_elements(lines) AS line WHERE order_id = ANY ($2::uuid[])
  )) ORDER BY product_id FOR UPDATE`;
const WRITE = `
  WITH levels AS (
    UPDATE stock SET on_hand = level."onHand", reserved = level.reserved
    FROM jsonb_to_recordset($1) AS level ("productId" uuid, "onHand" integer, reserved integer) WHERE product_id = level."productId"
  ), changed AS (
    SELECT * FROM jsonb_to_recordset($2) AS r ("orderId" uuid, state text, lines jsonb, known boolean)
  ), moved AS (
    UPDATE reservations SET state = changed.state, updated_at = now() FROM changed WHERE known AND order_id = "orderId"
  ), created AS (
    INSERT INTO reservations (order_id, state, lines, expires_at)
    SELECT "orderId", state, lines, now() + interval '15 minutes' FROM changed WHERE known IS NULL
  )
  ${intoOutbox(3)}`;

async function handle(messages: Message[]): Promise<void> {
  const drafts: ReturnType<typeof draft>[] = [];
  const orderIds = [...new Set(messages.map(({ key }) => key))];
  const wanted = messages.flatMap(({ payload }) => (payload['lines'] ?? []) as Line[]);
  const stored = await inTransaction(
    (client) =>
      Promise.all([
        claim(
          client,
          'inventory',
          messages.map(({ id }) => id),
        ),
        run<Reservation>(client, LOCK_RESERVATIONS, [orderIds]),
        run<Level>(client, LOCK_STOCK, [wanted.map(({ productId }) => productId), orderIds]),
      ]),
    (client, [fresh, reservations, rows]) => {
      const levels = new Map(rows.map((level) => [level.productId, level]));
      const byOrder = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
      for (const message of messages) {
        if (!fresh.has(message.id)) continue;
        const type =
          message.type === 'ReserveStock'
            ? reserve(message, byOrder, levels)
            : commit(byOrder.get(message.key)!, levels);
        drafts.push(draft(topics.inventoryEvents, message.key, type, { orderId: message.key }));
      }
      const changes = [JSON.stringify(rows), JSON.stringify([...byOrder.values()])];
      return run<Stored>(client, WRITE, [...changes, ...columns(drafts)]);
    },
  );
  relay(drafts, stored);
}

function reserve(
  { key, payload }: Message,
  byOrder: Map<string, Reservation>,
  levels: Map<string, Level>,
): string {
  const lines = payload['lines'] as Line[];
  const enough = lines.every(({ productId, quantity }) => {
    const level = levels.get(productId);
    return level !== undefined && level.onHand - level.reserved >= quantity;
  });
  byOrder.set(key, { orderId: key, state: enough ? 'RESERVED' : 'REJECTED', lines });
  if (!enough) return 'StockRejected';
  for (const { productId, quantity } of lines) levels.get(productId)!.reserved += quantity;
  return 'StockReserved';
}

function commit(reservation: Reservation, levels: Map<string, Level>): string {
  for (const { productId, quantity } of reservation.lines) {
    const level = levels.get(productId)!;
    level.onHand -= quantity;
    level.reserved -= quantity;
  }
  reservation.state = 'COMMITTED';
  return 'StockCommitted';
}

await connectProducer();
await consume([topics.inventoryCommands], handle);
await listen();
