import { Injectable } from '@nestjs/common';
import type { OpeningStock, StockLevel } from '@shop/contracts';
import { Transactions } from '@shop/persistence';
import { ReadStock } from './read-stock.ts';

/** Counts products in for the first time. Repeated, it changes nothing: the opening entry of a product is written once. */
@Injectable()
export class OpenStock {
  constructor(
    private readonly transactions: Transactions,
    private readonly levels: ReadStock,
  ) {}

  async run(items: OpeningStock['items']): Promise<StockLevel[]> {
    await this.transactions.run((tx) => tx.query(OPEN, [JSON.stringify(items)]));
    return this.levels.of(items.map(({ productId }) => productId));
  }
}

// Sorted, because every row that it adds to is locked until the commit.
const OPEN = `
  WITH opened AS (
    INSERT INTO stock_openings (product_id, quantity)
    SELECT "productId", quantity FROM jsonb_to_recordset($1) AS item ("productId" uuid, quantity integer)
    ORDER BY "productId"
    ON CONFLICT DO NOTHING
    RETURNING product_id, quantity
  )
  INSERT INTO stock AS s (product_id, on_hand) SELECT product_id, quantity FROM opened ORDER BY product_id
  ON CONFLICT (product_id) DO UPDATE SET on_hand = s.on_hand + excluded.on_hand`;
