import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import { PaymentProvider } from '../psp/payment-provider.ts';
import { Attempts } from './attempts.ts';
import { CallRows, type WebhookEvent } from './call-rows.ts';
import type { Call } from './call.ts';
import { Job } from './job.ts';
import { Reports } from './reports.ts';

const maxJobs = 2_000;
/** What an outcome that could not be stored waits before the provider is asked again. */
const unstoredMs = 1_000;
/** How long calls may go on after the service was told to stop. */
const farewellMs = 2_000;

/**
 * Makes the calls that it has claimed, one at a time for each payment. Most come straight from the consumer; the poll finds what a
 * worker left behind when it died, and keeps this one's claims alive.
 */
@Injectable()
export class CallWorker implements OnApplicationBootstrap {
  private readonly log = logger('calls');
  private readonly id = randomUUID();
  private readonly stopping = new AbortController();
  private readonly attempts: Attempts;
  /** By payment. */
  private readonly jobs = new Map<string, Job>();
  private aliveUntil = 0;

  constructor(
    provider: PaymentProvider,
    private readonly rows: CallRows,
    private readonly reports: Reports,
    private readonly shutdown: ShutdownSequence,
    @Inject(paymentsSettings) private readonly settings: PaymentsConfig,
  ) {
    this.attempts = new Attempts(provider, settings.PSP_CONCURRENCY);
  }

  onApplicationBootstrap(): void {
    const polling = this.poll();
    this.shutdown.add('work', 'calls to the provider', async () => {
      this.stopping.abort();
      await polling;
      await this.finish();
    });
  }

  /** In whose name new calls are claimed; null while this worker takes no more. */
  get claimant(): string | null {
    return this.isAlive() && this.jobs.size < maxJobs ? this.id : null;
  }

  /** Takes calls that are claimed in its name. One that takes another's place ends that first. */
  accept(calls: readonly Call[]): void {
    for (const call of calls) {
      const previous = this.jobs.get(call.paymentId);
      if (previous?.call.id === call.id && previous.call.version >= call.version) continue;
      previous?.end();
      const job = new Job(call);
      this.jobs.set(call.paymentId, job);
      job.done = Promise.resolve(previous?.done).then(() => this.run(job));
    }
  }

  /** Makes failed calls now instead of later of the orders that events are about; answers how many of the events were new. */
  async hurry(provider: string, events: readonly WebhookEvent[]): Promise<number> {
    const { fresh, calls } = await this.rows.hurry(provider, events);
    const hurried = new Set(calls);
    for (const job of this.jobs.values()) if (hurried.has(job.call.id)) job.hurry();
    return fresh;
  }

  private async run(job: Job): Promise<void> {
    try {
      for (let pauseMs: number | undefined = 0; pauseMs !== undefined;) {
        if (pauseMs > 0) await job.pause(pauseMs);
        while (!this.isAlive()) await job.pause(this.settings.PSP_POLL_MS);
        pauseMs = await job.busy(() => this.attempt(job));
        this.stopping.signal.throwIfAborted();
      }
    } catch (error) {
      if (!job.signal.aborted && !this.stopping.signal.aborted)
        this.log.error({ err: error }, 'a call was dropped; its claim lapses with this worker');
    } finally {
      if (this.jobs.get(job.call.paymentId) === job) this.jobs.delete(job.call.paymentId);
    }
  }

  /** Answers how long to wait for the next attempt, or nothing when the call has ended. */
  private async attempt({ call, signal }: Job): Promise<number | undefined> {
    const report = await this.attempts.make(call, signal);
    const receipt = await this.reports.store(this.id, report);
    if (receipt.result === 'unstored') return again(call, true, unstoredMs);
    if (receipt.result === 'stored')
      return 'failed' in report ? again(call, report.failed.uncertain, report.failed.retryInMs) : undefined;
    if (receipt.instead) this.accept([receipt.instead]);
    return undefined;
  }

  private async poll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look();
      await sleep(this.settings.PSP_POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const askedAt = performance.now();
    try {
      const calls = await this.rows.claim(this.id, Math.max(0, maxJobs - this.jobs.size));
      this.aliveUntil = askedAt + this.settings.PSP_LEASE_MS;
      this.accept(calls);
    } catch (error) {
      this.log.warn({ err: error }, 'could not look for calls');
    }
  }

  /** A clock of our own only makes us stop earlier than the database says. */
  private isAlive(): boolean {
    return !this.stopping.signal.aborted && performance.now() < this.aliveUntil;
  }

  private async finish(): Promise<void> {
    const jobs = [...this.jobs.values()];
    for (const job of jobs) if (!job.isBusy) job.end();
    const ended = Promise.all(jobs.map(({ done }) => done));
    await Promise.race([ended, sleep(farewellMs, undefined, { ref: false })]);
    for (const job of jobs) job.end();
    await ended;
    await this.rows.leave(this.id);
  }
}

function again(call: Call, uncertain: boolean, pauseMs: number): number {
  call.attempts++;
  call.uncertain = uncertain;
  return pauseMs;
}
