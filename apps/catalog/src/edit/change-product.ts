import { Injectable } from '@nestjs/common';
import { ProductChanged, type Product, type ProductPatch } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Audit, Transactions, type Tx } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { productProblems } from '../catalog.errors.ts';
import { ifMatches } from '../etag.ts';
import { changeOf, productColumns, productOf, stateOf, type ProductRow } from '../product-row.ts';

/** Which product to change, the version it was read at, and who changes it. */
interface Wish {
  id: string;
  ifMatch: string;
  by: string;
}

/** Changes a product for somebody who has seen its latest version. A change to what it already is changes nothing. */
@Injectable()
export class ChangeProduct {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  run({ id, ifMatch, by }: Wish, { price, ...patch }: ProductPatch): Promise<Product> {
    return this.transactions.run(async (tx) => {
      const [before] = await tx.query<ProductRow>(
        `SELECT ${productColumns} FROM products WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!before) throw new Problem(productProblems.notFound);
      if (!ifMatches(ifMatch, before.version))
        throw new Problem(productProblems.stale, `The product is at version ${before.version}.`);
      const wanted = { ...before, ...patch, ...price };
      if (same(before, wanted)) return productOf(before);
      const after = await update(tx, wanted);
      this.outbox.publish(tx, ProductChanged, changeOf(after));
      this.audit.record(tx, { by, action: 'change-product' }, [
        { subject: id, before: stateOf(before), after: stateOf(after) },
      ]);
      return productOf(after);
    });
  }
}

const same = (a: ProductRow, b: ProductRow): boolean =>
  (['name', 'description', 'category', 'amount', 'currency'] as const).every(
    (field) => a[field] === b[field],
  );

async function update(
  tx: Tx,
  { id, name, description, category, amount, currency }: ProductRow,
): Promise<ProductRow> {
  const [row] = await tx.query<ProductRow>(
    `UPDATE products SET name = $2, description = $3, category = $4, price_amount = $5, price_currency = $6,
       version = version + 1, updated_at = now()
     WHERE id = $1 RETURNING ${productColumns}`,
    [id, name, description, category, amount, currency],
  );
  return row!;
}
