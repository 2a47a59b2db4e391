/** One stream's ear on an order. What happens while nobody waits is remembered until the next `changed`. */
export class TimelineWatch {
  /** The last entry that the stream knows of. */
  seen = 0;
  #due = false;
  #ended = false;
  #resume: (() => void) | undefined;

  constructor(
    readonly orderId: string,
    private readonly onEnd: () => void,
  ) {}

  get ended(): boolean {
    return this.#ended;
  }

  wake(): void {
    this.#due = true;
    this.#resume?.();
  }

  end(): void {
    this.#ended = true;
    this.onEnd();
    this.wake();
  }

  /** True as soon as there is something to read, false when nothing happened for `ms` milliseconds. */
  async changed(ms: number): Promise<boolean> {
    if (!this.#due) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#resume = undefined;
    }
    const changed = this.#due;
    this.#due = false;
    return changed;
  }
}
