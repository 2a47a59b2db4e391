/** Who goes first when there is too much: paying customers, then browsing, then batch work. */
export type Priority = 'checkout' | 'browse' | 'batch';

/** The part of the limit that a priority may fill: browsing leaves a fifth free, batch work half of it. */
const share: Record<Priority, number> = { checkout: 1, browse: 0.8, batch: 0.5 };

export interface AdaptiveLimiterOptions {
  initial: number;
  min: number;
  max: number;
  /** Mean latency of a window, in milliseconds, above which the limit shrinks. Default 400. */
  targetMs?: number;
  /** How long latency is gathered before each decision, in milliseconds. Default 200. */
  windowMs?: number;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/** A place among the requests in flight. */
export interface Permit {
  /** Gives the place back, once; later calls do nothing. `ignored`: the latency says nothing, as with a stream. */
  release(outcome?: 'ok' | 'dropped' | 'ignored'): void;
}

/**
 * A concurrency limit that finds its own value (additive increase, multiplicative decrease on latency): by Little's law the
 * requests in flight settle at throughput × target latency, whatever the machine and the mix of routes.
 */
export class AdaptiveLimiter {
  private readonly now: () => number;
  private readonly targetMs: number;
  private readonly windowMs: number;
  private limit: number;
  private inFlight = 0;
  private window = { startedAt: 0, samples: 0, totalMs: 0, peak: 0, dropped: false };

  constructor(private readonly options: AdaptiveLimiterOptions) {
    this.now = options.now ?? (() => performance.now());
    this.targetMs = options.targetMs ?? 400;
    this.windowMs = options.windowMs ?? 200;
    this.limit = options.initial;
    this.window.startedAt = this.now();
  }

  /** A permit, or undefined when this priority has no place left. Never waits: a queue here would only age the work. */
  tryAcquire(priority: Priority): Permit | undefined {
    if (this.inFlight >= Math.max(1, Math.floor(this.limit * share[priority]))) return undefined;
    this.inFlight++;
    this.window.peak = Math.max(this.window.peak, this.inFlight);
    return this.permit(this.now());
  }

  snapshot(): { limit: number; inFlight: number } {
    return { limit: Math.floor(this.limit), inFlight: this.inFlight };
  }

  private permit(startedAt: number): Permit {
    let held = true;
    return {
      release: (outcome = 'ok') => {
        if (!held) return;
        held = false;
        this.inFlight--;
        if (outcome !== 'ignored') this.observe(this.now() - startedAt, outcome === 'dropped');
      },
    };
  }

  private observe(latencyMs: number, dropped: boolean): void {
    const window = this.window;
    window.samples++;
    window.totalMs += latencyMs;
    window.dropped ||= dropped;
    const now = this.now();
    if (now - window.startedAt < this.windowMs) return;
    this.limit = this.adapted();
    this.window = { startedAt: now, samples: 0, totalMs: 0, peak: this.inFlight, dropped: false };
  }

  private adapted(): number {
    const { dropped, totalMs, samples, peak } = this.window;
    const slow = totalMs / samples > this.targetMs;
    const { min, max } = this.options;
    // A limit that is hardly used is not why answers are slow (an import is slow by itself), and must not
    // grow either: it would say nothing when the rush comes.
    if (peak < this.limit / 2) return this.limit;
    if (dropped || slow) return Math.max(min, this.limit * 0.9);
    return Math.min(max, this.limit + Math.sqrt(this.limit));
  }
}
