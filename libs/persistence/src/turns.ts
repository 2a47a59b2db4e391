import { currentDeadline, TimeoutError } from '@shop/resilience';
import type { Pool } from 'pg';

/** `accepted` work goes ahead of `new` work: what was promised is finished before more is promised. */
export type Urgency = 'accepted' | 'new';

interface Waiting {
  until: number;
  enter: () => void;
  refuse: (error: Error) => void;
}

/** Lets so many work at once. Who waits is called in order of urgency, then of arrival, and refused after `patienceMs` or its deadline. */
export class Turns {
  readonly #waiting: Record<Urgency, Set<Waiting>> = { accepted: new Set(), new: new Set() };
  readonly #patienceMs: number;
  #free: number;
  // One for all who wait: a timer for each would cost more than the turn.
  #clock: NodeJS.Timeout | undefined;

  constructor(count: number, patienceMs = 5_000) {
    this.#free = count;
    this.#patienceMs = patienceMs;
  }

  /** Those who wait. */
  get waiting(): number {
    return this.#waiting.accepted.size + this.#waiting.new.size;
  }

  async run<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await this.#turn(this.#waiting[urgency]);
    try {
      return await work();
    } finally {
      const next = this.#next();
      if (next) next.enter();
      else this.#free++;
    }
  }

  #turn(waiting: Set<Waiting>): Promise<void> {
    this.#clock ??= setInterval(() => this.#refuseLate(), this.#patienceMs / 20).unref();
    const patience = Math.min(this.#patienceMs, currentDeadline()?.remainingMs() ?? Infinity);
    return new Promise((enter, refuse) =>
      waiting.add({ until: performance.now() + patience, enter, refuse }),
    );
  }

  #next(): Waiting | undefined {
    for (const waiting of [this.#waiting.accepted, this.#waiting.new]) {
      for (const next of waiting) {
        waiting.delete(next);
        if (next.until > performance.now()) return next;
        next.refuse(late());
      }
    }
    clearInterval(this.#clock);
    this.#clock = undefined;
    return undefined;
  }

  #refuseLate(): void {
    const now = performance.now();
    for (const waiting of [this.#waiting.accepted, this.#waiting.new])
      for (const one of waiting) if (one.until <= now && waiting.delete(one)) one.refuse(late());
  }
}

const late = () =>
  Object.assign(new TimeoutError('no database connection came free in time'), { code: 'ETIMEDOUT' });

const shared = new WeakMap<Pool, Turns>();

/** The turns of all who share a pool: as many as it may have connections. */
export function turnsAt(pool: Pool): Turns {
  const turns = shared.get(pool) ?? new Turns(pool.options.max);
  shared.set(pool, turns);
  return turns;
}
