import {
  Attempts,
  type Call,
  type CallRows,
  type Report,
  type Reports,
  SandboxClient,
} from '@shop/payments/parts';
import type { Clock } from '../memory/clock.ts';
import type { Wire } from './wire.ts';

export interface Job {
  call: Call;
  /** Ends it. */
  ending: AbortController;
  state: 'waiting' | 'calling' | 'answered';
  report?: Report;
}

const CONCURRENCY = 1_000;
const MOST = 2_000;

/** A worker of payments that makes each move when it is told to; the attempts themselves are the real ones. */
export class SteppedWorker {
  /** By payment. */
  readonly jobs = new Map<string, Job>();
  readonly #attempts: Attempts;
  #aliveUntil = 0;

  constructor(
    readonly id: string,
    private readonly rows: CallRows,
    private readonly reports: Reports,
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {
    this.#attempts = new Attempts(new SandboxClient(wire, 'key'), CONCURRENCY);
  }

  get isAlive(): boolean {
    return this.clock.now < this.#aliveUntil;
  }

  get claimant(): string | null {
    return this.isAlive ? this.id : null;
  }

  /** One call at a time for a payment: one that takes another's place ends that first. */
  accept(calls: readonly Call[]): void {
    for (const call of calls) {
      const previous = this.jobs.get(call.paymentId);
      if (previous?.call.id === call.id && previous.call.version >= call.version) continue;
      if (previous) this.#end(previous);
      this.jobs.set(call.paymentId, { call, ending: new AbortController(), state: 'waiting' });
    }
  }

  /** Shows that it lives and looks for calls; `lost` loses the answer. */
  async look(lost = false): Promise<number> {
    const claimed = await this.rows.claim(this.id, MOST);
    if (lost) return 0;
    this.#aliveUntil = this.clock.now + this.leaseMs;
    this.accept(claimed);
    return claimed.length;
  }

  async begin(job: Job): Promise<void> {
    job.state = 'calling';
    void this.#attempts.make(job.call, job.ending.signal).then(
      (report) => Object.assign(job, { report, state: 'answered' }),
      () => undefined,
    );
    await this.moved(job);
  }

  /** Settles when the attempt waits for the provider again, or has ended. */
  async moved(job: Job): Promise<void> {
    for (let turns = 0; job.state === 'calling' && !this.wire.underWay.has(job.ending.signal); turns++) {
      if (turns > 1_000) throw new Error(`the attempt to ${job.call.step} neither ends nor waits`);
      await null;
    }
  }

  async store(job: Job): Promise<void> {
    const { call, report } = job;
    const receipt = await this.reports.store(this.id, report!);
    if (receipt.result === 'unstored') again(job, true);
    else if (receipt.result === 'stored' && 'failed' in report!) again(job, report.failed.uncertain);
    else if (this.jobs.get(call.paymentId) === job) this.jobs.delete(call.paymentId);
    if (receipt.result === 'lost' && receipt.instead) this.accept([receipt.instead]);
  }

  /** The process is gone; what it had sent may still arrive. */
  die(): void {
    for (const job of this.jobs.values()) this.#end(job);
    this.jobs.clear();
  }

  #end({ ending }: Job): void {
    ending.abort();
    this.wire.abandon(ending.signal);
  }
}

function again(job: Job, uncertain: boolean): void {
  job.call.attempts++;
  job.call.uncertain = uncertain;
  job.state = 'waiting';
  job.report = undefined;
}
