import type { Money, PayloadOf, ProductChanged } from '@shop/contracts';
import type { Tx } from '@shop/persistence';

export interface PricedProduct {
  id: string;
  sku: string;
  name: string;
  price: Money;
}
export type ProductState = PayloadOf<typeof ProductChanged>;

interface Row {
  id: string;
  sku: string;
  name: string;
  amount: number;
  currency: string;
}

export async function findProducts(tx: Tx, ids: string[]): Promise<Map<string, PricedProduct>> {
  const rows = await tx.query<Row>(
    'SELECT id, sku, name, price_amount::float8 AS amount, currency FROM products WHERE id = ANY($1)',
    [ids],
  );
  return new Map(
    rows.map(({ amount, currency, ...row }) => [row.id, { ...row, price: { amount, currency } }]),
  );
}

/** Keeps the highest version of each product; an older one that arrives later changes nothing. */
export async function saveProducts(tx: Tx, states: ProductState[]): Promise<void> {
  // One statement may write a row only once, and sorted rows cannot deadlock with another replica's.
  const latest = new Map(
    states.toSorted((a, b) => a.version - b.version).map((state) => [state.productId, state]),
  );
  const rows = [...latest.values()].sort((a, b) => (a.productId < b.productId ? -1 : 1));
  await tx.query(
    `INSERT INTO products AS known (id, sku, name, price_amount, currency, version)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::int[])
     ON CONFLICT (id) DO UPDATE
       SET sku = excluded.sku, name = excluded.name, price_amount = excluded.price_amount,
           currency = excluded.currency, version = excluded.version
       WHERE known.version < excluded.version`,
    [
      rows.map((row) => row.productId),
      rows.map((row) => row.sku),
      rows.map((row) => row.name),
      rows.map((row) => row.price.amount),
      rows.map((row) => row.price.currency),
      rows.map((row) => row.version),
    ],
  );
}
