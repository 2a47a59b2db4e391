import { Injectable } from '@nestjs/common';
import type { StockLevel } from '@shop/contracts';
import { Database } from '@shop/persistence';

/** Levels in the order asked for. A product that has never had stock has none: zeros, not an error. */
@Injectable()
export class ReadStock {
  constructor(private readonly database: Database) {}

  of(productIds: readonly string[]): Promise<StockLevel[]> {
    return this.database.query<StockLevel>(
      `SELECT asked.id AS "productId", coalesce(on_hand, 0) AS "onHand", coalesce(reserved, 0) AS reserved,
         coalesce(on_hand - reserved, 0) AS available
       FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, position)
       LEFT JOIN stock ON product_id = asked.id ORDER BY position`,
      [productIds],
    );
  }
}
