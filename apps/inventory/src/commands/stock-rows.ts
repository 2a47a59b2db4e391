import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '@shop/persistence';
import { inventorySettings, type InventoryConfig } from '../inventory.config.ts';
import type { Level, Line, Reservation } from '../model/reservation.ts';

/** What names an order, and the products that it wants if it is new. */
interface Wanted {
  payload: { orderId: string; lines?: readonly Line[] };
  carrier: Record<string, string>;
}

interface Held {
  levels: Level[];
  reservations: Reservation[];
}

/**
 * Reads and writes the rows behind a warehouse. Whoever changes stock locks reservations first, then stock, each sorted by
 * its key: that order, the same for all, is what keeps two batches with crossed products from waiting for each other.
 */
@Injectable()
export class StockRows {
  constructor(@Inject(inventorySettings) private readonly settings: InventoryConfig) {}

  /** One round trip: the levels are found through the reservations that the statement before has locked. */
  async lock(tx: Tx, commands: readonly Wanted[]): Promise<Held> {
    const orderIds = [...new Set(commands.map(({ payload }) => payload.orderId))];
    const wanted = commands.flatMap(({ payload }) => payload.lines ?? []);
    const productIds = [...new Set(wanted.map(({ productId }) => productId))];
    const [reservations, levels] = await Promise.all([
      tx.query<Reservation>(LOCK_RESERVATIONS, [orderIds]),
      tx.query<Level>(LOCK_LEVELS, [productIds, orderIds]),
    ]);
    return { reservations, levels };
  }

  /** Reservations whose time is over by the database's clock, skipping those that another replica or a command is at. */
  async lockOverdue(
    tx: Tx,
    limit: number,
  ): Promise<Held & { carriers: Map<string, Record<string, string>> }> {
    const overdue = await tx.query<Reservation & { carrier: Record<string, string> }>(
      `SELECT order_id AS "orderId", state, held, lines, shortages, trace_context AS carrier FROM reservations
       WHERE state = 'RESERVED' AND expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    return {
      reservations: overdue.map(({ carrier: _, ...reservation }) => reservation),
      carriers: new Map(overdue.map(({ orderId, carrier }) => [orderId, carrier])),
      levels: await tx.query<Level>(LOCK_LEVELS, [[], overdue.map(({ orderId }) => orderId)]),
    };
  }

  /**
   * Writes what changed, in one statement. A new reservation is a plain insert: when another transaction has answered for the
   * same order meanwhile (its release overtook the reserve), this one must fail and look again, not overwrite.
   */
  write(tx: Tx, held: Held, changed: Held, commands: readonly Wanted[] = []): void {
    if (changed.reservations.length === 0) return;
    const known = new Set(held.reservations.map(({ orderId }) => orderId));
    const carriers = new Map(commands.map(({ payload, carrier }) => [payload.orderId, carrier]));
    const rows = changed.reservations.map((reservation) => ({
      ...reservation,
      known: known.has(reservation.orderId),
      carrier: carriers.get(reservation.orderId) ?? {},
    }));
    tx.write(WRITE, [JSON.stringify(changed.levels), JSON.stringify(rows), this.settings.RESERVATION_TTL_MS]);
  }
}

const LOCK_RESERVATIONS = `
  SELECT order_id AS "orderId", state, held, lines, shortages FROM reservations
  WHERE order_id = ANY ($1::uuid[]) ORDER BY order_id FOR UPDATE`;

const LOCK_LEVELS = `
  SELECT product_id AS "productId", on_hand AS "onHand", reserved FROM stock
  WHERE product_id = ANY ($1::uuid[] || ARRAY(
    SELECT (line ->> 'productId')::uuid FROM reservations, jsonb_array_elements(lines) AS line WHERE order_id = ANY ($2::uuid[])
  )) ORDER BY product_id FOR UPDATE`;

// The carrier stays with the reservation so that its expiry, too, belongs to the trace of its order.
const WRITE = `
  WITH changed AS (
    SELECT * FROM jsonb_to_recordset($2)
      AS r ("orderId" uuid, known boolean, state text, held text, lines jsonb, shortages jsonb, carrier jsonb)
  ), levels AS (
    UPDATE stock SET on_hand = level."onHand", reserved = level.reserved
    FROM jsonb_to_recordset($1) AS level ("productId" uuid, "onHand" integer, reserved integer)
    WHERE product_id = level."productId"
  ), moved AS (
    UPDATE reservations SET state = changed.state, held = changed.held, updated_at = now()
    FROM changed WHERE known AND order_id = "orderId"
  )
  INSERT INTO reservations (order_id, state, held, lines, shortages, trace_context, expires_at)
  SELECT "orderId", state, held, lines, shortages, carrier, now() + $3 * interval '1 millisecond'
  FROM changed WHERE NOT known ORDER BY "orderId"`;
