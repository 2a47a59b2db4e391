import { Injectable } from '@nestjs/common';
import { logger } from '@shop/tracing';

const phases = ['consumers', 'work', 'relay', 'database'] as const;
export type ShutdownPhase = (typeof phases)[number];

interface Step {
  phase: ShutdownPhase;
  name: string;
  stop: () => Promise<void>;
}

const log = logger('shutdown');

/** What must stop before the process ends: after HTTP has drained come consumers, work, relay and database, in this order. */
@Injectable()
export class ShutdownSequence {
  readonly #steps: Step[] = [];
  readonly #pending = new Set<string>();
  readonly #draining = new AbortController();

  /** Aborted when draining begins: answers that would go on for ever (streams) must end then. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** What has been told to stop and has not yet, for the log when the grace period is over. */
  get pending(): string[] {
    return [...this.#pending];
  }

  add(phase: ShutdownPhase, name: string, stop: () => Promise<void>): void {
    this.#steps.push({ phase, name, stop });
  }

  begin(): void {
    this.#draining.abort();
  }

  /** Runs the phases one after the other, the steps of a phase together. A step that fails does not keep the next from running. */
  async run(): Promise<void> {
    for (const phase of phases) {
      const steps = this.#steps.filter((step) => step.phase === phase);
      await Promise.all(steps.map(({ name, stop }) => this.step(`${phase}/${name}`, stop)));
    }
  }

  async step(name: string, stop: () => Promise<void>): Promise<void> {
    this.#pending.add(name);
    try {
      await stop();
    } catch (error) {
      log.error({ err: error, step: name }, 'could not stop cleanly');
    }
    this.#pending.delete(name);
  }
}
