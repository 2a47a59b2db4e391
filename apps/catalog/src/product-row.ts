import type { PayloadOf, Product, ProductChanged } from '@shop/contracts';

export interface ProductRow {
  id: string;
  sku: string;
  name: string;
  description: string;
  category: string;
  amount: number;
  currency: string;
  version: number;
  updatedAt: Date;
}

/** The columns of a {@link ProductRow}. A price is a safe integer, which a double holds exactly; the driver gives bigint as text. */
export const productColumns = `id, sku, name, description, category, price_amount::float8 AS amount, price_currency AS currency,
  version, updated_at AS "updatedAt"`;

/** `available` is not the catalogue's to know. */
export const productOf = (row: ProductRow): Product => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  description: row.description,
  category: row.category,
  price: { amount: row.amount, currency: row.currency },
  available: null,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

/** What an administrator can change of a product, for the record. */
export const stateOf = ({ sku, name, description, category, amount, currency, version }: ProductRow) => ({
  sku,
  name,
  description,
  category,
  price: { amount, currency },
  version,
});
export type ProductState = ReturnType<typeof stateOf>;

export const changeOf = ({
  id,
  sku,
  name,
  amount,
  currency,
  version,
}: ProductRow): PayloadOf<typeof ProductChanged> => ({
  productId: id,
  sku,
  name,
  price: { amount, currency },
  version,
});
