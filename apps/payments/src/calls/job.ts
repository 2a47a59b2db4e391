import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './call.ts';

/** A call on its way through a worker: waiting, being made, or being stored. */
export class Job {
  /** Settles when nothing of the job goes on any more. */
  done: Promise<void> = Promise.resolve();
  private readonly ending = new AbortController();
  private waking = new AbortController();
  private working = false;

  constructor(readonly call: Call) {}

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  end(): void {
    this.ending.abort(new Error('the call is no longer wanted'));
  }

  /** In the middle of an attempt, rather than waiting for the next. */
  get isBusy(): boolean {
    return this.working;
  }

  async busy<T>(work: () => Promise<T>): Promise<T> {
    this.working = true;
    return work().finally(() => (this.working = false));
  }

  /** Ends the present pause, if there is one. */
  hurry(): void {
    this.waking.abort();
  }

  /** Rejects when the job is ended meanwhile. */
  async pause(ms: number): Promise<void> {
    this.waking = new AbortController();
    const stop = () => this.waking.abort();
    this.signal.addEventListener('abort', stop, { once: true });
    await sleep(ms, undefined, { signal: this.waking.signal, ref: false }).catch(() => undefined);
    this.signal.removeEventListener('abort', stop);
    this.signal.throwIfAborted();
  }
}
