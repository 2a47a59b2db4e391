/** `accepted` work goes ahead of `new` work: what was promised is finished before more is promised. */
export type Urgency = 'accepted' | 'new';

/** Lets so many work at once. Who waits is called in order of urgency, then of arrival. */
export class Turns {
  readonly #waiting: Record<Urgency, (() => void)[]> = { accepted: [], new: [] };
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting[urgency].push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.accepted.shift() ?? this.#waiting.new.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
