const slots = 10;

/** Successes and failures of the last `windowMs` milliseconds, kept in ten slots. */
export class FailureWindow {
  private readonly seen = Array.from({ length: slots }, () => ({ tick: -1, success: 0, failure: 0 }));

  constructor(
    private readonly windowMs: number,
    private readonly now: () => number,
  ) {}

  add(outcome: 'success' | 'failure'): void {
    const tick = this.tick();
    const slot = this.seen[tick % slots]!;
    if (slot.tick !== tick) Object.assign(slot, { tick, success: 0, failure: 0 });
    slot[outcome]++;
  }

  get failures(): number {
    return this.sum((slot) => slot.failure);
  }

  get total(): number {
    return this.sum((slot) => slot.success + slot.failure);
  }

  clear(): void {
    for (const slot of this.seen) slot.tick = -1;
  }

  private tick(): number {
    return Math.floor((this.now() * slots) / this.windowMs);
  }

  private sum(count: (slot: { success: number; failure: number }) => number): number {
    const oldest = this.tick() - slots;
    return this.seen.reduce(
      (total, slot) => (slot.tick >= 0 && slot.tick > oldest ? total + count(slot) : total),
      0,
    );
  }
}
