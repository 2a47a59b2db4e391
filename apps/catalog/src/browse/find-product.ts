import { Injectable } from '@nestjs/common';
import type { Product } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { productProblems } from '../catalog.errors.ts';
import { productColumns, productOf, type ProductRow } from '../product-row.ts';

@Injectable()
export class FindProduct {
  constructor(private readonly database: Database) {}

  async run(id: string): Promise<Product> {
    const [row] = await this.database.query<ProductRow>(
      `SELECT ${productColumns} FROM products WHERE id = $1`,
      [id],
    );
    if (!row) throw new Problem(productProblems.notFound);
    return productOf(row);
  }

  /** Those of the ids that are products, in no order. */
  async many(ids: string[]): Promise<Product[]> {
    const rows = await this.database.query<ProductRow>(
      `SELECT ${productColumns} FROM products WHERE id = ANY($1)`,
      [ids],
    );
    return rows.map(productOf);
  }
}
