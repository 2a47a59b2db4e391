// Who takes longer waits for something, and must not keep the others from working.
const SLOW_MS = 100;

/** Bounds how many do short work at once. While a slot is awaited messages gather, and bigger batches cost less. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves to what gives the slot back; it goes back by itself after 100 ms. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      clearTimeout(timer);
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
    const timer = setTimeout(release, SLOW_MS);
    return release;
  }
}
