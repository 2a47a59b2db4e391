import { Injectable } from '@nestjs/common';
import type { StockAdjustment, StockLevel } from '@shop/contracts';
import { Audit, Idempotency, type Tx } from '@shop/persistence';
import { adjusted } from '../model/adjusted.ts';
import type { Level } from '../model/reservation.ts';
import { stockLevel } from './stock-level.ts';

type Adjustment = StockAdjustment & { productId: string };

/** Adds or takes units by hand, once per key, with a record of who and why. */
@Injectable()
export class AdjustStock {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly audit: Audit,
  ) {}

  run(adjustment: Adjustment, { key, caller }: { key: string; caller: string }) {
    const request = { caller, key, operation: 'adjust-stock', body: adjustment };
    return this.idempotency.run<StockLevel>(request, async (tx) => {
      const before = await lock(tx, adjustment.productId);
      const level = adjusted(before, adjustment.delta);
      await tx.query(
        `WITH counted AS (UPDATE stock SET on_hand = $3 WHERE product_id = $1)
         INSERT INTO stock_adjustments (product_id, delta, on_hand, reason, adjusted_by) VALUES ($1, $2, $3, $4, $5)`,
        [level.productId, adjustment.delta, level.onHand, adjustment.reason, caller],
      );
      const change = { subject: level.productId, before: onHand(before), after: onHand(level) };
      this.audit.record(tx, { by: caller, action: 'adjust-stock' }, [change]);
      return { status: 200, body: stockLevel(level) };
    });
  }
}

const onHand = ({ onHand }: Level) => ({ onHand });

async function lock(tx: Tx, productId: string): Promise<Level> {
  await tx.query(`INSERT INTO stock (product_id) VALUES ($1) ON CONFLICT DO NOTHING`, [productId]);
  const [level] = await tx.query<Level>(
    `SELECT product_id AS "productId", on_hand AS "onHand", reserved FROM stock WHERE product_id = $1 FOR UPDATE`,
    [productId],
  );
  return level!;
}
