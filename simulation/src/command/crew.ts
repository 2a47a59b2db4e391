import { Worker } from 'node:worker_threads';
import type { Found } from '../schedule/explore.ts';
import type { Tally } from '../schedule/simulation.ts';
import type { Options } from './options.ts';
import type { Task, Told } from './thread.ts';

/** Small enough to share the end of a run fairly. */
const PART = 2_500;

export interface Outcome {
  schedules: number;
  tally: Tally;
  /** The first violation, and the seed that its path belongs to. */
  found?: Found & { seed: number };
}

/** Told what happens while schedules run. */
export interface Listener {
  ran(schedules: number): void;
  /** A violation was found; a smaller schedule that shows it is looked for. */
  failed(): void;
}

/** Runs all schedules on some threads. Each part has a seed of its own, so that how many threads there are changes nothing. */
export class Crew {
  readonly #outcome: Outcome = { schedules: 0, tally: {} };
  readonly #threads = new Map<Worker, Task>();
  readonly #ended = Promise.withResolvers<void>();
  #next = 0;

  constructor(
    private readonly options: Options,
    private readonly listener: Listener,
  ) {}

  async run(): Promise<Outcome> {
    for (let count = 0; count < this.options.workers; count++) {
      const task = this.#take();
      if (task) this.#start(task);
    }
    await this.#ended.promise.finally(() => this.#stopOthers());
    return this.#outcome;
  }

  #start(task: Task): void {
    const thread = new Worker(new URL('./thread.js', import.meta.url));
    thread.on('error', this.#ended.reject);
    thread.on('message', (told: Told) => this.#hear(thread, told));
    this.#assign(thread, task);
  }

  #assign(thread: Worker, task: Task): void {
    this.#threads.set(thread, task);
    thread.postMessage(task);
  }

  #hear(thread: Worker, told: Told): void {
    const task = this.#threads.get(thread);
    if (!task) return;
    if ('ran' in told) {
      this.#outcome.schedules += told.ran;
      this.listener.ran(told.ran);
    } else if ('failed' in told) {
      this.#stopOthers(thread);
      this.listener.failed();
    } else {
      this.#finish(thread, task, told);
    }
  }

  #finish(thread: Worker, { seed }: Task, { tally, found }: Extract<Told, { done: true }>): void {
    const { tally: total } = this.#outcome;
    for (const [what, times] of Object.entries(tally)) total[what] = (total[what] ?? 0) + times;
    if (found) this.#outcome.found = { ...found, seed };
    const task = found ? undefined : this.#take();
    if (task) return this.#assign(thread, task);
    this.#threads.delete(thread);
    void thread.terminate();
    if (this.#threads.size === 0) this.#ended.resolve();
  }

  #stopOthers(but?: Worker): void {
    for (const thread of this.#threads.keys()) {
      if (thread === but) continue;
      this.#threads.delete(thread);
      void thread.terminate();
    }
  }

  #take(): Task | undefined {
    const { schedules, seed, mutate } = this.options;
    const index = this.#next++;
    const size = Math.min(PART, schedules - index * PART);
    return size > 0 ? { schedules: size, seed: seedOf(seed, index), mutation: mutate } : undefined;
  }
}

/** The first part has the seed itself; the others are spread, so that neighbouring seeds share nothing. */
export const seedOf = (seed: number, index: number): number =>
  index === 0 ? seed : (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul(index, 0x85ebca6b)) | 0;
