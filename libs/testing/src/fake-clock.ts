interface Timer {
  at: number;
  run: () => void;
}

/** A clock that moves only when told: `now()` in milliseconds since the epoch, `sleep` that ends when `advance` passes it. */
export class FakeClock {
  #now: number;
  #timers: Timer[] = [];

  constructor(start = Date.UTC(2030, 0, 1)) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((run) => this.#timers.push({ at: this.#now + ms, run }));

  /** Moves the time on, and runs what became due in the order of its due times. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let due = this.#next(end); due; due = this.#next(end)) {
      this.#timers.splice(this.#timers.indexOf(due), 1);
      this.#now = due.at;
      due.run();
      await new Promise(setImmediate);
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    return this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
