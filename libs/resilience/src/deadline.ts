import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Carries a deadline from hop to hop as the milliseconds that are left. A time of day would count queueing on the way too, but two machines
 * whose clocks differ by more than a request takes would then refuse all of each other's work.
 */
export const deadlineHeader = 'x-request-deadline';

const storage = new AsyncLocalStorage<Deadline>();

/** The moment after which nobody waits for an answer any more, by a clock that is never set. */
export class Deadline {
  private constructor(private readonly atMs: number) {}

  static in(ms: number): Deadline {
    return new Deadline(performance.now() + ms);
  }

  /** Undefined without a value, or when it is not a plausible time: a stranger's nonsense must not fail a request. */
  static fromHeader(value: string | undefined): Deadline | undefined {
    return value && /^\d{1,7}$/.test(value) ? Deadline.in(Number(value)) : undefined;
  }

  /** Never negative. */
  remainingMs(): number {
    return Math.max(0, this.atMs - performance.now());
  }

  get expired(): boolean {
    return this.remainingMs() === 0;
  }

  isBefore(other: Deadline): boolean {
    return this.atMs < other.atMs;
  }

  /** The deadline for the next hop, in whole milliseconds from now. */
  toHeader(): string {
    return String(Math.floor(this.remainingMs()));
  }
}

/** Runs `work` under a deadline. One that already holds and is earlier stays: a callee cannot grant itself time. */
export function withDeadline<T>(deadline: Deadline, work: () => T): T {
  const outer = storage.getStore();
  return storage.run(outer?.isBefore(deadline) ? outer : deadline, work);
}

/** The deadline that holds here, if any. */
export function currentDeadline(): Deadline | undefined {
  return storage.getStore();
}
