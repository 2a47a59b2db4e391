import { Injectable } from '@nestjs/common';
import { newId, ProductChanged, type NewProduct, type Product } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { productProblems } from '../catalog.errors.ts';
import { changeOf, productColumns, productOf, type ProductRow } from '../product-row.ts';

@Injectable()
export class CreateProduct {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  run({ sku, name, description, category, price }: NewProduct): Promise<Product> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx.query<ProductRow>(
        `INSERT INTO products (id, sku, name, description, category, price_amount, price_currency) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (sku) DO NOTHING RETURNING ${productColumns}`,
        [newId(), sku, name, description, category, price.amount, price.currency],
      );
      if (!row) throw new Problem(productProblems.skuTaken, `Another product has the SKU ${sku}.`);
      this.outbox.publish(tx, ProductChanged, changeOf(row));
      return productOf(row);
    });
  }
}
