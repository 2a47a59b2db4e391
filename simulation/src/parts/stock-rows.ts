import { type InventoryConfig, type Level, type Reservation, StockRows } from '@shop/inventory/parts';
import type { Clock } from '../memory/clock.ts';
import type { MemoryTx } from '../memory/tx.ts';

type Held = Awaited<ReturnType<StockRows['lock']>>;
type Wanted = Parameters<StockRows['lock']>[1];

/** The tables of inventory in memory. */
export class MemoryStockRows extends StockRows {
  readonly levels = new Map<string, Level>();
  readonly reservations = new Map<string, Reservation & { expiresAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly ttlMs: number,
  ) {
    super({} as InventoryConfig);
  }

  override lock(_tx: MemoryTx, commands: Wanted): Promise<Held> {
    const orderIds = new Set(commands.map(({ payload }) => payload.orderId));
    const reservations = [...orderIds].flatMap((id) => this.reservations.get(id) ?? []);
    const lines = [...reservations, ...commands.map(({ payload }) => payload)].flatMap(
      (source) => source.lines ?? [],
    );
    return Promise.resolve({ reservations, levels: this.#levelsOf(lines) });
  }

  override lockOverdue(_tx: MemoryTx, limit: number): ReturnType<StockRows['lockOverdue']> {
    const reservations = [...this.reservations.values()]
      .filter(({ state, expiresAt }) => state === 'RESERVED' && expiresAt <= this.clock.now)
      .slice(0, limit);
    const levels = this.#levelsOf(reservations.flatMap(({ lines }) => lines));
    return Promise.resolve({ reservations, levels, carriers: new Map() });
  }

  override write(tx: MemoryTx, held: Held, changed: Held): void {
    const known = new Set(held.reservations.map(({ orderId }) => orderId));
    const expiresAt = this.clock.now + this.ttlMs;
    for (const { orderId } of changed.reservations)
      if (!known.has(orderId) && this.reservations.has(orderId))
        throw new Error(`a reservation of ${orderId} is there already`);
    tx.effect(() => {
      for (const level of changed.levels) this.levels.set(level.productId, level);
      for (const { orderId, state, held, lines, shortages } of changed.reservations) {
        const before = this.reservations.get(orderId);
        if (before) Object.assign(before, { state, held });
        else this.reservations.set(orderId, { orderId, state, held, lines, shortages, expiresAt });
      }
    });
  }

  #levelsOf(lines: Reservation['lines']): Level[] {
    return [...new Set(lines.map(({ productId }) => productId))].flatMap((id) => this.levels.get(id) ?? []);
  }
}
