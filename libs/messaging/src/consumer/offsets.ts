import { logger } from '@shop/tracing';
import type { Position, TopicPartition } from '../broker/port.ts';

const id = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Commits what is finished, seldom: what was finished but not committed is delivered again after a crash and dropped by the inbox. */
export class Offsets {
  readonly #log = logger('offsets');
  readonly #finished = new Map<string, Position>();
  readonly #underWay = new Map<string, Position>();
  #messages = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly commit: (positions: Position[]) => Promise<void>,
    private readonly everyMs: number,
    private readonly everyMessages: number,
  ) {}

  finished(position: Position, messages: number): void {
    this.#finished.set(id(position), position);
    this.#messages += messages;
    if (this.#messages >= this.everyMessages) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), this.everyMs);
  }

  /** Partitions that are no longer ours: another member commits them now. */
  forget(partitions: Iterable<TopicPartition>): void {
    for (const partition of partitions) {
      this.#finished.delete(id(partition));
      this.#underWay.delete(id(partition));
    }
  }

  /** Sends at once what is finished. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#messages = 0;
    if (this.#finished.size === 0) return;
    const positions = [...this.#finished.values()];
    this.#finished.clear();
    for (const position of positions) this.#underWay.set(id(position), position);
    try {
      await this.commit(positions);
    } catch (error) {
      this.#log.debug({ err: error }, 'offsets were not committed yet');
      for (const position of positions) this.#putBack(position);
    }
    for (const position of positions)
      if (this.#underWay.get(id(position)) === position) this.#underWay.delete(id(position));
  }

  #putBack(position: Position): void {
    const key = id(position);
    if (this.#underWay.get(key) !== position || this.#finished.has(key)) return;
    this.finished(position, 0);
  }
}
