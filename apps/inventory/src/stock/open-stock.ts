import { Injectable } from '@nestjs/common';
import type { OpeningStock, StockLevel } from '@shop/contracts';
import { Audit, type Change, Transactions } from '@shop/persistence';
import { ReadStock } from './read-stock.ts';

/** Counts products in for the first time. Repeated, it changes nothing: the opening entry of a product is written once. */
@Injectable()
export class OpenStock {
  constructor(
    private readonly transactions: Transactions,
    private readonly levels: ReadStock,
    private readonly audit: Audit,
  ) {}

  async run(items: OpeningStock['items'], by: string): Promise<StockLevel[]> {
    await this.transactions.run(async (tx) => {
      const opened = await tx.query<Change>(OPEN, [JSON.stringify(items)]);
      this.audit.record(tx, { by, action: 'open-stock' }, opened);
    });
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
  ON CONFLICT (product_id) DO UPDATE SET on_hand = s.on_hand + excluded.on_hand
  RETURNING product_id AS subject, jsonb_build_object('onHand', coalesce(old.on_hand, 0)) AS before,
    jsonb_build_object('onHand', new.on_hand) AS after`;
