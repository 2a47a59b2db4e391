import { type Progress, silent } from './progress.ts';

type Undo = (progress: Progress) => Promise<unknown> | void;

/** What has to be undone, last first. One step that fails does not spare the others. */
export class Teardown {
  readonly #steps: Undo[] = [];
  #run: Promise<void> | undefined;

  /** A step that comes too late, from a start that was interrupted, is run at once. */
  add(step: Undo): void {
    if (this.#run) void Promise.resolve(step(silent)).catch(() => {});
    else this.#steps.push(step);
  }

  run(progress: Progress): Promise<void> {
    return (this.#run ??= this.#all(progress));
  }

  async #all(progress: Progress): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.toReversed()) {
      try {
        await step(progress);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the shop did not stop cleanly');
  }
}
