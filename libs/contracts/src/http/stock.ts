import { z } from 'zod';
import { Id } from '../id.ts';
import { line } from './text.ts';

const units = z.int().min(-1_000_000_000).max(1_000_000_000);

export const StockAdjustment = z
  .strictObject({
    delta: units.refine((delta) => delta !== 0, 'must not be zero'),
    reason: line(200),
  })
  .meta({ id: 'StockAdjustment' });
export type StockAdjustment = z.output<typeof StockAdjustment>;

/** `available` = `onHand` − `reserved`. */
export const StockLevel = z
  .strictObject({ productId: Id, onHand: z.int(), reserved: z.int(), available: z.int() })
  .meta({ id: 'StockLevel' });
export type StockLevel = z.output<typeof StockLevel>;

/** First stock of products; a product that already has an opening entry keeps it, so this can be repeated. */
export const OpeningStock = z
  .strictObject({
    items: z
      .array(z.strictObject({ productId: Id, quantity: units.nonnegative() }))
      .min(1)
      .max(500),
  })
  .meta({ id: 'OpeningStock' });
export type OpeningStock = z.output<typeof OpeningStock>;

export const StockLevels = z.strictObject({ items: z.array(StockLevel) }).meta({ id: 'StockLevels' });
export type StockLevels = z.output<typeof StockLevels>;
