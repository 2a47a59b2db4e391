import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Job, LoadResult } from './job.ts';

/** The load generator, which stays warm from one measurement to the next. */
export class LoadProcess {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('generator.ts', import.meta.url)), {
    serialization: 'advanced',
  });

  async run(job: Job): Promise<LoadResult> {
    const ended = new AbortController();
    const dead = once(this.#child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('the load generator ended in the middle of a measurement');
    });
    const answer = once(this.#child, 'message', { signal: ended.signal });
    this.#child.send(job);
    try {
      const [result] = (await Promise.race([answer, dead])) as [LoadResult];
      return result;
    } finally {
      ended.abort();
      await dead.catch(() => {});
    }
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
