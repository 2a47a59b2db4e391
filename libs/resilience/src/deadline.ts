import { AsyncLocalStorage } from 'node:async_hooks';

/** Carries a deadline from hop to hop: milliseconds since the epoch, so that queueing on the way counts too. */
export const deadlineHeader = 'x-request-deadline';

const storage = new AsyncLocalStorage<Deadline>();

/** The moment after which nobody waits for an answer any more. */
export class Deadline {
  private constructor(readonly epochMs: number) {}

  static in(ms: number): Deadline {
    return new Deadline(Date.now() + ms);
  }

  static at(epochMs: number): Deadline {
    return new Deadline(epochMs);
  }

  /** Undefined without a value, or when it is not a plausible time: a stranger's nonsense must not fail a request. */
  static fromHeader(value: string | undefined): Deadline | undefined {
    return value && /^\d{12,14}$/.test(value) ? new Deadline(Number(value)) : undefined;
  }

  /** Never negative. */
  remainingMs(): number {
    return Math.max(0, this.epochMs - Date.now());
  }

  get expired(): boolean {
    return this.remainingMs() === 0;
  }

  /** The deadline for the next hop: `reserveMs` earlier, so that its answer, or its refusal, still arrives in time. */
  toHeader(reserveMs = 0): string {
    return String(Math.floor(this.epochMs - reserveMs));
  }
}

/** Runs `work` under a deadline. One that already holds and is earlier stays: a callee cannot grant itself time. */
export function withDeadline<T>(deadline: Deadline, work: () => T): T {
  const outer = storage.getStore();
  return storage.run(outer && outer.epochMs < deadline.epochMs ? outer : deadline, work);
}

/** The deadline that holds here, if any. */
export function currentDeadline(): Deadline | undefined {
  return storage.getStore();
}
