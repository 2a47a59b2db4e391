import { z } from 'zod';
import { Id } from './id.ts';
import { defineMessage } from './message.ts';
import { topics } from './topics.ts';

const key = (payload: { orderId: string }) => payload.orderId;
const command = { topic: topics.inventoryCommands, key };
const event = { topic: topics.inventoryEvents, key };

/** Set stock aside for an order, all lines or none. */
export const ReserveStock = defineMessage({
  ...command,
  type: 'shop.inventory.reserve-stock.v1',
  schema: z.object({
    orderId: Id,
    lines: z.array(z.object({ productId: Id, quantity: z.int().positive() })).min(1),
  }),
});

/** Turn an order's reservation into a sale. */
export const CommitStock = defineMessage({
  ...command,
  type: 'shop.inventory.commit-stock.v1',
  schema: z.object({ orderId: Id }),
});

/** Undo whatever an order holds: frees a reservation, returns committed stock, refuses a reservation that is yet to come. */
export const ReleaseStock = defineMessage({
  ...command,
  type: 'shop.inventory.release-stock.v1',
  schema: z.object({ orderId: Id }),
});

export const StockReserved = defineMessage({
  ...event,
  type: 'shop.inventory.stock-reserved.v1',
  schema: z.object({ orderId: Id }),
});

export const StockRejected = defineMessage({
  ...event,
  type: 'shop.inventory.stock-rejected.v1',
  schema: z.object({
    orderId: Id,
    shortages: z.array(z.object({ productId: Id, requested: z.int(), available: z.int() })),
  }),
});

export const StockCommitted = defineMessage({
  ...event,
  type: 'shop.inventory.stock-committed.v1',
  schema: z.object({ orderId: Id }),
});

/** The reservation was gone (expired or released) when its commit arrived. */
export const StockCommitFailed = defineMessage({
  ...event,
  type: 'shop.inventory.stock-commit-failed.v1',
  schema: z.object({ orderId: Id, reason: z.string() }),
});

/** `held` says what the release found: a reservation, committed stock, or nothing. */
export const StockReleased = defineMessage({
  ...event,
  type: 'shop.inventory.stock-released.v1',
  schema: z.object({ orderId: Id, held: z.enum(['reserved', 'committed', 'nothing']) }),
});

/** A reservation outlived its time to live and was freed. */
export const ReservationExpired = defineMessage({
  ...event,
  type: 'shop.inventory.reservation-expired.v1',
  schema: z.object({ orderId: Id }),
});
