import { Injectable } from '@nestjs/common';
import type { Page, Product, ProductQuery } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { CursorCodec } from '@shop/service-kit';
import { productOf, type ProductRow } from '../product-row.ts';
import { placeIn, placeOf, productList } from './product-list.ts';

@Injectable()
export class ListProducts {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  async run({ limit, cursor, ...filter }: ProductQuery): Promise<Page<Product>> {
    const after = cursor === undefined ? undefined : this.cursors.decode(placeIn(filter), cursor).after;
    // One more than asked for tells whether there is a next page.
    const { sql, params } = productList(filter, limit + 1, after);
    const rows = await this.database.query<ProductRow>(sql, params);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(productOf),
      nextCursor: last ? this.cursors.encode(placeOf(filter, last)) : null,
    };
  }
}
