/** What became of the calls of a load. */
export class Tally {
  calls = 0;
  slowestMs = 0;
  readonly #since = performance.now();
  readonly #failures = new Map<string, { count: number; second: number }>();

  get failed(): number {
    return [...this.#failures.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** Counts a call, with what was wrong with its answer, if anything. */
  count(ms: number, fault?: string): void {
    this.calls += 1;
    this.slowestMs = Math.max(this.slowestMs, ms);
    if (fault === undefined) return;
    const known = this.#failures.get(fault);
    if (known) known.count += 1;
    else
      this.#failures.set(fault, { count: 1, second: Math.round((performance.now() - this.#since) / 1000) });
  }

  /** How many, how slow, and each kind of failure with when it was first seen. */
  toString(): string {
    const failures = [...this.#failures].map(
      ([fault, { count, second }]) => `${count} × ${fault} from second ${second}`,
    );
    return [
      `${this.calls} calls, ${this.failed} failed, the slowest took ${Math.round(this.slowestMs)} ms`,
      ...failures,
    ].join('; ');
  }
}
