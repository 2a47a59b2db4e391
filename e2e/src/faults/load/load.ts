import { setTimeout as sleep } from 'node:timers/promises';
import type { Customers } from './customers.ts';
import { planOf, type Shelves } from './plan.ts';

/** Customers that wait for the shop beyond which no new ones come: a crowd does not grow for ever. */
const CROWD = 400;
const TICK_MS = 20;

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
  readonly #running = new Set<Promise<void>>();
  readonly failures: string[] = [];
  begun = 0;

  constructor(customers: Customers, shelves: Shelves, seed: number) {
    this.#customers = customers;
    this.#shelves = shelves;
    this.#seed = seed;
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
    const order = this.#customers
      .order(planOf(this.#seed, index, this.#shelves), String(index))
      .catch((error: unknown) => void this.failures.push((error as Error).message))
      .finally(() => this.#running.delete(order));
    this.#running.add(order);
  }
}
