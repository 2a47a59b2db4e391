/** What a caller has left. */
export interface Allowance {
  allowed: boolean;
  remaining: number;
  resetSeconds: number;
}

/** Counts per key; all counts start again together when a window ends, so memory is bounded by the callers of one window. */
export class FixedWindow {
  private counts = new Map<string, number>();
  private endsAt = 0;

  constructor(
    readonly limit: number,
    readonly seconds: number,
    private readonly now: () => number = Date.now,
  ) {}

  take(key: string): Allowance {
    const now = this.now();
    if (now >= this.endsAt) {
      this.counts = new Map();
      this.endsAt = now + this.seconds * 1_000;
    }
    const used = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, used);
    return {
      allowed: used <= this.limit,
      remaining: Math.max(0, this.limit - used),
      resetSeconds: Math.ceil((this.endsAt - now) / 1_000),
    };
  }
}
