import { logger } from '@shop/tracing';
import type {
  Broker,
  Consumer,
  ConsumerListener,
  IncomingMessage,
  Position,
  TopicPartition,
} from '../broker/port.ts';
import type { Tuning } from '../tuning.ts';
import { GroupCommit } from './group-commit.ts';
import type { Handling } from './handling.ts';
import { from, handledMessages, processDuration, processed } from '../metrics.ts';
import { Offsets } from './offsets.ts';
import { type PartitionDuties, PartitionWorker } from './partition-worker.ts';
import { Slots } from './slots.ts';

const id = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Keeps a worker for each partition that the group gives us, and the group informed of what they have finished. */
export class ConsumerLoop implements ConsumerListener {
  readonly #log = logger('consumer-loop');
  readonly #workers = new Map<string, PartitionWorker>();
  /** Workers of lost partitions that still have a batch under way. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #offsets: Offsets;
  readonly #duties: PartitionDuties;
  readonly #stopping = new AbortController();
  #consumer: Consumer | undefined;
  #joined = false;
  #handledAny = false;

  constructor(
    private readonly broker: Broker,
    private readonly group: string,
    private readonly topics: readonly string[],
    handling: Handling,
    private readonly tuning: Tuning,
  ) {
    const commit = async (positions: Position[]) => this.#consumer?.commit(positions);
    this.#offsets = new Offsets(commit, tuning.commitEveryMs, tuning.commitEveryMessages);
    this.#duties = {
      handle: (messages, course) => this.#timed(() => handling.handle(messages, course)),
      group: new GroupCommit({
        attempt: (messages) => this.#timed(() => handling.attempt(messages)),
        slots: new Slots(tuning.concurrency),
        enough: tuning.maxBatch,
        paceMs: tuning.paceMs,
        signal: this.#stopping.signal,
      }),
      finished: (partition, offset, messages) => {
        this.#started();
        handledMessages.add(messages, { ...processed(group), ...from(partition.topic, group) });
        this.#offsets.finished({ ...partition, offset }, messages);
      },
    };
  }

  /** Has been a member of the group. Stays true when the broker fails later: what a service accepts meanwhile waits in its outbox. */
  get joined(): boolean {
    return this.#joined;
  }

  get assignment(): TopicPartition[] {
    return [...this.#workers.values()].map(({ partition }) => partition);
  }

  start(): void {
    this.#consumer = this.broker.consume(this.group, this.topics, this);
  }

  /** Tells the group at once what is finished. */
  commit(): Promise<void> {
    return this.#offsets.flush();
  }

  /** Ends fetching, lets the batches under way finish, commits them and leaves the group. */
  async stop(): Promise<void> {
    const workers = [...this.#workers.values()];
    this.#workers.clear();
    this.#stopping.abort();
    await Promise.all([...workers.map((worker) => worker.stop()), ...this.#leaving.values()]);
    await this.#offsets.flush();
    await this.#consumer
      ?.close()
      .catch((error: unknown) => this.#log.debug({ err: error }, 'the group was not left in order'));
  }

  assigned(partitions: TopicPartition[], kept: TopicPartition[]): void {
    const stay = new Set(kept.map(id));
    const lost = [...this.#workers.values()].filter(({ partition }) => !stay.has(id(partition)));
    this.#drop(lost);
    for (const partition of partitions) {
      if (this.#workers.has(id(partition))) continue;
      const worker = new PartitionWorker(
        partition,
        () => this.#consumer,
        this.#duties,
        this.tuning,
        this.#leaving.get(id(partition)),
      );
      this.#workers.set(id(partition), worker);
      // An earlier worker may have left it paused.
      this.#consumer?.resume(partition);
    }
    this.#joined = true;
    this.#log.info({ group: this.group, partitions: partitions.map(id) }, 'partitions assigned');
  }

  rebalancing(): void {
    void this.#offsets.flush();
  }

  lost(error: Error): void {
    this.#log.warn({ err: error, group: this.group }, 'the broker is lost; joining again');
    this.#drop([...this.#workers.values()]);
  }

  async received(partition: TopicPartition, messages: IncomingMessage[]): Promise<void> {
    await this.#workers.get(id(partition))?.receive(messages);
  }

  /** What a platform that scales from zero makes a message wait for. */
  #started(): void {
    if (this.#handledAny) return;
    this.#handledAny = true;
    const startup_ms = Math.round(process.uptime() * 1_000);
    this.#log.info({ group: this.group, startup_ms }, 'the first message is handled');
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    processDuration.record((performance.now() - started) / 1_000, processed(this.group));
    return result;
  }

  #drop(workers: readonly PartitionWorker[]): void {
    this.#offsets.forget(workers.map(({ partition }) => partition));
    for (const worker of workers) {
      const key = id(worker.partition);
      this.#workers.delete(key);
      const ended = worker.revoke().finally(() => {
        if (this.#leaving.get(key) === ended) this.#leaving.delete(key);
      });
      this.#leaving.set(key, ended);
    }
  }
}
