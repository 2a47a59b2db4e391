import { pause } from './backoff.ts';

/** Keeps starts apart: the first one after a rest goes at once, and those that follow closely gather meanwhile. */
export class Pace {
  #next = -Infinity;

  constructor(private readonly ms: number) {}

  async start(signal: AbortSignal): Promise<void> {
    const early = this.#next - performance.now();
    // A timer is no finer than that.
    if (early >= 1) await pause(early, signal);
    this.#next = performance.now() + this.ms;
  }
}
