import { Injectable } from '@nestjs/common';
import { newId, ProductChanged, type NewProduct, type ProductImportResult } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Audit, Transactions, type Tx } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { productProblems } from '../catalog.errors.ts';
import { changeOf, productColumns, stateOf, type ProductRow, type ProductState } from '../product-row.ts';

/** Creates products or brings them up to date, by SKU, all or none. Only what changed gets a new version and an event. */
@Injectable()
export class ImportProducts {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  run(items: readonly NewProduct[], by: string): Promise<ProductImportResult> {
    refuseRepeated(items);
    return this.transactions.run(async (tx) => {
      const changed = await tx.query<Changed>(UPSERT, [
        JSON.stringify(items.map((item) => ({ id: newId(), ...item }))),
      ]);
      for (const row of changed) this.outbox.publish(tx, ProductChanged, changeOf(row));
      this.audit.record(tx, { by, action: 'import-products' }, changed.map(recorded));
      return { items: await outcomes(tx, items, changed) };
    });
  }
}

type Changed = ProductRow & { before: ProductState | null };

const recorded = (row: Changed) => ({ subject: row.id, before: row.before, after: stateOf(row) });

function refuseRepeated(items: readonly NewProduct[]): void {
  const seen = new Set<string>();
  const errors = items.flatMap(({ sku }, index) =>
    seen.size < seen.add(sku).size
      ? []
      : [{ pointer: `/items/${index}/sku`, message: `${sku} appears twice` }],
  );
  if (errors.length > 0) throw new Problem(productProblems.skuRepeated, undefined, { errors });
}

/** A statement of its own, so that it also sees a product that somebody else created while the first one ran. */
async function outcomes(
  tx: Tx,
  items: readonly NewProduct[],
  changed: readonly ProductRow[],
): Promise<ProductImportResult['items']> {
  const found = await tx.query<{ id: string; sku: string }>(
    `SELECT id, sku FROM products WHERE sku = ANY ($1)`,
    [items.map(({ sku }) => sku)],
  );
  const ids = new Map(found.map(({ id, sku }) => [sku, id]));
  const versions = new Map(changed.map(({ sku, version }) => [sku, version]));
  return items.map(({ sku }) => ({ id: ids.get(sku)!, sku, outcome: outcomeOf(versions.get(sku)) }));
}

const outcomeOf = (version: number | undefined) =>
  version === undefined ? 'unchanged' : version === 1 ? 'created' : 'updated';

// Sorted, because every row that it meets is locked until the commit.
const UPSERT = `
  INSERT INTO products AS p (id, sku, name, description, category, price_amount, price_currency)
  SELECT id, sku, name, description, category, (price ->> 'amount')::bigint, price ->> 'currency'
  FROM jsonb_to_recordset($1) AS item (id uuid, sku text, name text, description text, category text, price jsonb)
  ORDER BY sku
  ON CONFLICT (sku) DO UPDATE SET name = excluded.name, description = excluded.description, category = excluded.category,
    price_amount = excluded.price_amount, price_currency = excluded.price_currency, version = p.version + 1, updated_at = now()
  WHERE (p.name, p.description, p.category, p.price_amount, p.price_currency) IS DISTINCT FROM
    (excluded.name, excluded.description, excluded.category, excluded.price_amount, excluded.price_currency)
  RETURNING ${productColumns}, CASE WHEN old.id IS NOT NULL THEN jsonb_build_object(
    'sku', old.sku, 'name', old.name, 'description', old.description, 'category', old.category,
    'price', jsonb_build_object('amount', old.price_amount, 'currency', old.price_currency), 'version', old.version) END AS before`;
