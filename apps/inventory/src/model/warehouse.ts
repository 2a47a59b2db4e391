import type { Level, Line, Reservation, Shortage } from './reservation.ts';
import { committed, commitFailed, expired, rejected, released, reserved, type Reply } from './replies.ts';

/**
 * The stock rules, in memory, over the rows that a batch of commands touches. Every command gets its reply, and a command
 * that finds its work done gets the same reply again. The caller holds the locks and writes `changes()` back.
 */
export class Warehouse {
  private readonly levels: Map<string, Level>;
  private readonly reservations: Map<string, Reservation>;
  private readonly changedLevels = new Set<Level>();
  private readonly changedReservations = new Set<Reservation>();

  constructor(levels: readonly Level[], reservations: readonly Reservation[]) {
    this.levels = new Map(levels.map((level) => [level.productId, { ...level }]));
    this.reservations = new Map(reservations.map((reservation) => [reservation.orderId, { ...reservation }]));
  }

  reserve(orderId: string, lines: readonly Line[]): Reply {
    const known = this.reservations.get(orderId);
    if (known)
      return known.state === 'RESERVED' || known.state === 'COMMITTED'
        ? reserved(orderId)
        : rejected(orderId, known.shortages);
    const wanted = merged(lines);
    const shortages = this.shortagesOf(wanted);
    if (shortages.length > 0) {
      this.record({ orderId, state: 'REJECTED', held: 'nothing', lines: wanted, shortages });
      return rejected(orderId, shortages);
    }
    this.move(wanted, { onHand: 0, reserved: 1 });
    this.record({ orderId, state: 'RESERVED', held: 'reserved', lines: wanted, shortages });
    return reserved(orderId);
  }

  commit(orderId: string): Reply {
    const known = this.reservations.get(orderId);
    if (known?.state === 'COMMITTED') return committed(orderId);
    if (known?.state !== 'RESERVED')
      return commitFailed(orderId, known ? known.state.toLowerCase() : 'never reserved');
    this.move(known.lines, { onHand: -1, reserved: -1 });
    this.record({ ...known, state: 'COMMITTED', held: 'committed' });
    return committed(orderId);
  }

  release(orderId: string): Reply {
    const known = this.reservations.get(orderId);
    if (!known) {
      // A tombstone: the reserve that this release overtook must not hold stock for an order that is over.
      this.record({ orderId, state: 'RELEASED', held: 'nothing', lines: [], shortages: [] });
      return released(orderId, 'nothing');
    }
    if (known.state === 'RESERVED') this.move(known.lines, { onHand: 0, reserved: -1 });
    if (known.state === 'COMMITTED') this.move(known.lines, { onHand: 1, reserved: 0 });
    if (known.state === 'RESERVED' || known.state === 'COMMITTED')
      this.record({ ...known, state: 'RELEASED' });
    return released(orderId, known.held);
  }

  /** Frees a reservation whose time is over; nothing to say when it is no longer held. */
  expire(orderId: string): Reply | undefined {
    const known = this.reservations.get(orderId);
    if (known?.state !== 'RESERVED') return undefined;
    this.move(known.lines, { onHand: 0, reserved: -1 });
    this.record({ ...known, state: 'EXPIRED', held: 'nothing' });
    return expired(orderId);
  }

  changes(): { levels: Level[]; reservations: Reservation[] } {
    return { levels: [...this.changedLevels], reservations: [...this.changedReservations] };
  }

  private shortagesOf(lines: readonly Line[]): Shortage[] {
    return lines
      .map(({ productId, quantity }) => ({
        productId,
        requested: quantity,
        available: this.availableOf(productId),
      }))
      .filter(({ requested, available }) => requested > available);
  }

  private availableOf(productId: string): number {
    const level = this.levels.get(productId);
    return level ? level.onHand - level.reserved : 0;
  }

  private move(lines: readonly Line[], sign: { onHand: number; reserved: number }): void {
    for (const { productId, quantity } of lines) {
      const level = this.levels.get(productId);
      if (!level) throw new Error(`stock of ${productId} is held but was not loaded`);
      level.onHand += sign.onHand * quantity;
      level.reserved += sign.reserved * quantity;
      this.changedLevels.add(level);
    }
  }

  private record(reservation: Reservation): void {
    const before = this.reservations.get(reservation.orderId);
    if (before) this.changedReservations.delete(before);
    this.reservations.set(reservation.orderId, reservation);
    this.changedReservations.add(reservation);
  }
}

/** One line per product: two lines of one product compete for the same stock. */
function merged(lines: readonly Line[]): Line[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of lines)
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}
