import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { pool, run } from './database.ts';
import { columns, draft, intoOutbox, relay, type Stored } from './messages.ts';
import { topics } from './schema.ts';

interface Wanted {
  lines: { productId: string; quantity: number }[];
  paymentToken: string;
  shippingAddress: object;
}
interface Product {
  id: string;
  sku: string;
  name: string;
  amount: number;
  currency: string;
}
export interface Answer {
  status: number;
  body: { id: string };
}

const PRICES = `SELECT id, sku, name, price_amount::float8 AS amount, currency FROM products WHERE id = ANY($1)`;

// All that a placed order leaves behind, in one statement, which is its own transaction.
const PLACE = `
  WITH placed AS (
    INSERT INTO orders (id, customer_id, lines, total_amount, currency, payment_token) VALUES ($1, $2, $3, $4, $5, $6)
  ), delivery AS (
    INSERT INTO shipping_addresses (order_id, address) VALUES ($1, $7)
  ), saga AS (
    INSERT INTO order_sagas (order_id, state, deadline, timeline_seq) VALUES ($1, 'RESERVING', now() + interval '10 seconds', 2)
  ), timeline AS (
    INSERT INTO order_timeline (order_id, seq, at, service, type, detail)
    VALUES ($1, 1, now(), 'orders', 'OrderPlaced', '{}'), ($1, 2, now(), 'orders', 'ReserveStock', '{}')
  ), known AS (
    INSERT INTO idempotency_keys (caller, key, fingerprint, status, body) VALUES ($2, $8, $9, 202, $10)
  )
  ${intoOutbox(11)}`;

const FIND = 'SELECT status, body FROM idempotency_keys WHERE caller = $1 AND key = $2';

export async function place(customer: string, key: string, body: string): Promise<Answer> {
  const { lines, paymentToken, shippingAddress } = JSON.parse(body) as Wanted;
  const products = await run<Product>(pool, PRICES, [lines.map(({ productId }) => productId)]);
  const byId = new Map(products.map((product) => [product.id, product]));
  const priced = lines.map(({ productId, quantity }) => {
    const { id: _, amount, currency, ...named } = byId.get(productId)!;
    const money = (value: number) => ({ amount: value, currency });
    return { productId, ...named, quantity, unitPrice: money(amount), lineTotal: money(amount * quantity) };
  });
  const id = v7();
  const { currency } = priced[0]!.unitPrice;
  const total = { amount: priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0), currency };
  const at = new Date().toISOString();
  const order = { id, status: 'PENDING', lines: priced, total, reason: null, createdAt: at, updatedAt: at };
  const drafts = [draft(topics.inventoryCommands, id, 'ReserveStock', { orderId: id, lines })];
  try {
    const stored = await run<Stored>(pool, PLACE, [
      ...[id, customer, JSON.stringify(priced), total.amount, currency, paymentToken],
      ...[shippingAddress, key, createHash('sha256').update(body).digest(), JSON.stringify(order)],
      ...columns(drafts),
    ]);
    relay(drafts, stored);
    return { status: 202, body: order };
  } catch (error) {
    const [first] = await run<Answer>(pool, FIND, [customer, key]);
    if (!first) throw error;
    return first;
  }
}
