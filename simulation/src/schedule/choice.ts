/** One number of a schedule, read as a row of small choices. Zero always chooses the first, so that shrinking leads to what is ordinary. */
export class Choice {
  constructor(private rest: number) {}

  /** From 0 to `count` - 1. */
  of(count: number): number {
    const chosen = this.rest % count;
    this.rest = (this.rest - chosen) / count;
    return chosen;
  }

  one<T>(list: readonly T[]): T | undefined {
    return list.length > 0 ? list[this.of(list.length)] : undefined;
  }

  /** True once in `count` times. */
  onceIn(count: number): boolean {
    return this.of(count) === count - 1;
  }
}
