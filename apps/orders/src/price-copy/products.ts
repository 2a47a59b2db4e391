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

/** What is known of some products, and when that was by the database's clock: the start of the transaction. */
export interface PriceList {
  products: Map<string, PricedProduct>;
  at: Date;
}

const FIND = `
  SELECT now() AS at, p.id, p.sku, p.name, p.price_amount::float8 AS amount, p.currency
  FROM (VALUES (1)) AS always LEFT JOIN products p ON p.id = ANY($1)`;

export async function findProducts(tx: Tx, ids: string[]): Promise<PriceList> {
  const rows = await tx.query<Row & { at: Date }>(FIND, [ids]);
  const known = rows.filter(({ id }) => id !== null);
  const products = known.map(({ id, sku, name, amount, currency }): [string, PricedProduct] => [
    id,
    { id, sku, name, price: { amount, currency } },
  ]);
  return { products: new Map(products), at: rows[0]!.at };
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
