import { logger } from '@shop/tracing';
import { backoffMs, pause } from '../backoff.ts';
import type { Consumer, IncomingMessage, TopicPartition } from '../broker/port.ts';
import { Signal } from '../signal.ts';
import type { Tuning } from '../tuning.ts';
import type { Course } from './handling.ts';
import type { GroupCommit, Member } from './group-commit.ts';
import { dueAt } from './rounds.ts';

// How long a full queue may hold up the fetches of all partitions before this one is left out of them: pausing costs up to a whole idle fetch.
const FULL_MS = 300;

export interface PartitionDuties {
  handle(messages: readonly IncomingMessage[], course: Course): Promise<void>;
  finished(partition: TopicPartition, nextOffset: number, messages: number): void;
  /** Where messages are tried first, together with those of other partitions. */
  group: Pick<GroupCommit, 'join'>;
}

/** Handles the messages of one partition, one batch after the other, apart from the fetching. */
export class PartitionWorker {
  readonly #log = logger('partition');
  readonly #stopping = new AbortController();
  readonly #arrived = new Signal();
  #room = Promise.withResolvers<void>();
  #queue: IncomingMessage[] = [];
  #paused = false;
  #stalled = false;
  #revoked = false;
  readonly #ended: Promise<void>;
  readonly #member: Member = {
    gather: () => this.#gather(),
    committed: (messages) => this.#finished(messages),
    apart: (messages) => this.#handle(messages),
  };

  constructor(
    readonly partition: TopicPartition,
    private readonly consumer: () => Pick<Consumer, 'pause' | 'resume'> | undefined,
    private readonly duties: PartitionDuties,
    private readonly tuning: Pick<
      Tuning,
      'maxBatch' | 'maxQueued' | 'retryDelaysMs' | 'outageBaseMs' | 'outageMaxMs'
    >,
    /** The end of an earlier worker on this partition. */
    after: Promise<void> = Promise.resolve(),
  ) {
    this.#ended = after.then(() => this.#run());
  }

  /** Queues messages. Takes its time when the queue is full, and leaves the partition out of fetching if that does not help. */
  async receive(messages: readonly IncomingMessage[]): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#queue.push(...messages);
    this.#arrived.raise();
    if (!this.#full) return;
    if (!this.#stalled) await Promise.race([this.#room.promise, pause(FULL_MS, this.#stopping.signal)]);
    if (this.#full) this.#pause();
  }

  /** Ends after the batch under way, which still counts. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#arrived.raise();
    await this.#ended;
  }

  /** The partition belongs to another member now: whatever is under way must not move its offset any more. */
  async revoke(): Promise<void> {
    this.#revoked = true;
    await this.stop();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      if (this.#queue.length === 0) await this.#arrived.wait();
      await this.#untilDue();
      if (!signal.aborted) await this.duties.group.join(this.#member);
      if (signal.aborted) return;
      this.#makeRoom();
    }
  }

  async #handle(messages: readonly IncomingMessage[]): Promise<void> {
    const { signal } = this.#stopping;
    const last = messages.at(-1);
    for (let failures = 0; last; failures++) {
      try {
        await this.duties.handle(messages, { signal, stalled: () => this.#stall() });
        return this.#finished(messages);
      } catch (error) {
        if (signal.aborted) return;
        this.#stall();
        this.#log.error({ err: error, ...this.partition }, 'a partition stands still');
        await pause(backoffMs(failures, this.tuning.outageBaseMs, this.tuning.outageMaxMs), signal);
      }
    }
  }

  #finished(messages: readonly IncomingMessage[]): void {
    const last = messages.at(-1);
    if (last && !this.#revoked) this.duties.finished(this.partition, last.offset + 1, messages.length);
  }

  /** All that is there and due, up to the limit; nothing any more after a stop. */
  #gather(): IncomingMessage[] {
    if (this.#stopping.signal.aborted) return [];
    const now = Date.now();
    const notDue = this.#queue.findIndex(
      (message, index) => index >= this.tuning.maxBatch || this.#dueAt(message) > now,
    );
    return this.#queue.splice(0, notDue === -1 ? this.#queue.length : notDue);
  }

  /** On a retry topic. A message behind it that is due sooner waits with it, at most for the longest delay. */
  async #untilDue(): Promise<void> {
    const [first] = this.#queue;
    const ms = first ? this.#dueAt(first) - Date.now() : 0;
    if (ms <= 0) return;
    this.#stalled = true;
    await pause(ms, this.#stopping.signal);
    this.#stalled = false;
  }

  #stall(): void {
    this.#stalled = true;
    this.#pause();
  }

  #pause(): void {
    if (this.#paused || this.#stopping.signal.aborted) return;
    this.#paused = true;
    this.consumer()?.pause(this.partition);
  }

  #makeRoom(): void {
    this.#stalled = false;
    if (!this.#full) {
      this.#room.resolve();
      this.#room = Promise.withResolvers<void>();
    }
    if (!this.#paused || this.#queue.length > this.tuning.maxQueued / 2 || this.#stopping.signal.aborted)
      return;
    this.#paused = false;
    this.consumer()?.resume(this.partition);
  }

  #dueAt(message: IncomingMessage): number {
    return dueAt(message, Math.max(0, ...this.tuning.retryDelaysMs));
  }

  get #full(): boolean {
    return this.#queue.length >= this.tuning.maxQueued;
  }
}
