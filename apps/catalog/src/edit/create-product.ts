import { Injectable } from '@nestjs/common';
import { newId, ProductChanged, type NewProduct, type Product } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Audit, Transactions } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { productProblems } from '../catalog.errors.ts';
import { changeOf, productColumns, productOf, stateOf, type ProductRow } from '../product-row.ts';

@Injectable()
export class CreateProduct {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  run({ sku, name, description, category, price }: NewProduct, by: string): Promise<Product> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx.query<ProductRow>(
        `INSERT INTO products (id, sku, name, description, category, price_amount, price_currency) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (sku) DO NOTHING RETURNING ${productColumns}`,
        [newId(), sku, name, description, category, price.amount, price.currency],
      );
      if (!row) throw new Problem(productProblems.skuTaken, `Another product has the SKU ${sku}.`);
      this.outbox.publish(tx, ProductChanged, changeOf(row));
      this.audit.record(tx, { by, action: 'create-product' }, [
        { subject: row.id, before: null, after: stateOf(row) },
      ]);
      return productOf(row);
    });
  }
}
