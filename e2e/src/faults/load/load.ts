import { setTimeout as sleep } from 'node:timers/promises';
import type { Customers } from './customers.ts';
import { planOf, type Shelves } from './plan.ts';

/** Customers that wait for the shop beyond which no new ones come: a crowd does not grow for ever. */
const CROWD = 400;
const TICK_MS = 20;
/** After so many orders somebody brings a little more of what is scarce. */
const RESTOCK_EVERY = 50;

export interface Pace {
  orders: number;
  /** Orders a second. */
  rate: number;
  /** How many orders may have begun by now, so that the last fault still meets some. */
  allowed: () => number;
}

/** Begins orders at a steady rate, whether or not earlier ones have been answered. */
export class Load {
  readonly #customers: Customers;
  readonly #shelves: Shelves;
  readonly #seed: number;
  readonly #restock: (index: number) => Promise<void>;
  readonly #running = new Set<Promise<void>>();
  readonly failures: string[] = [];
  begun = 0;

  constructor(
    customers: Customers,
    shelves: Shelves,
    seed: number,
    restock: (index: number) => Promise<void>,
  ) {
    this.#customers = customers;
    this.#shelves = shelves;
    this.#seed = seed;
    this.#restock = restock;
  }

  get running(): number {
    return this.#running.size;
  }

  async run({ orders, rate, allowed }: Pace, signal: AbortSignal): Promise<void> {
    let owed = 0;
    for (let last = performance.now(); this.begun < orders;) {
      const now = performance.now();
      // What could not begin in time does not come all at once afterwards.
      owed = Math.min(owed + ((now - last) / 1_000) * rate, rate);
      last = now;
      for (; owed >= 1 && this.begun < Math.min(orders, allowed()) && this.running < CROWD; owed--)
        this.#begin();
      await sleep(TICK_MS, undefined, { signal });
    }
  }

  #begin(): void {
    const index = this.begun++;
    this.#track(this.#customers.order(planOf(this.#seed, index, this.#shelves), String(index)));
    if (index % RESTOCK_EVERY === RESTOCK_EVERY - 1) this.#track(this.#restock(index));
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => void this.failures.push((error as Error).message))
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }
}
