import type kafkajs from 'kafkajs';
import type { Batch, EachBatchPayload, Kafka } from 'kafkajs';
import { backoffMs, pause } from '../backoff.ts';
import type { Consumer, ConsumerListener, IncomingMessage, Position, TopicPartition } from './port.ts';

const settings = {
  // After a crash of the broker the old membership must expire before anybody is assigned again.
  sessionTimeout: 10_000,
  heartbeatInterval: 3_000,
  rebalanceTimeout: 30_000,
  // How long an idle fetch waits at the broker; also how long closing an idle consumer takes.
  maxWaitTimeInMs: 500,
  maxBytesPerPartition: 512 * 1024,
  allowAutoTopicCreation: false,
  // After a crash we build a new consumer ourselves, because kafkajs gives up for good on some errors.
  retry: {
    retries: 2,
    initialRetryTime: 100,
    maxRetryTime: 1_000,
    restartOnFailure: () => Promise.resolve(false),
  },
};

export const toIncoming = ({ topic, partition, messages }: Batch): IncomingMessage[] =>
  messages.map(({ offset, key, value, headers = {}, timestamp }) => ({
    topic,
    partition,
    offset: Number(offset),
    key,
    value,
    headers,
    timestamp: Number(timestamp),
  }));

const id = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** One membership in a group, renewed whenever it is lost, until it is closed. */
export class KafkaJsConsumer implements Consumer {
  readonly #kafka: Kafka;
  readonly #group: string;
  readonly #topics: readonly string[];
  readonly #listener: ConsumerListener;
  readonly #closing = new AbortController();
  readonly #received = new Map<string, number>();
  #consumer: kafkajs.Consumer | undefined;
  #member = '';
  #assigned = new Set<string>();
  #failures = 0;

  constructor(kafka: Kafka, group: string, topics: readonly string[], listener: ConsumerListener) {
    this.#kafka = kafka;
    this.#group = group;
    this.#topics = topics;
    this.#listener = listener;
    void this.#join();
  }

  pause({ topic, partition }: TopicPartition): void {
    this.#whileJoined((consumer) => consumer.pause([{ topic, partitions: [partition] }]));
  }

  resume({ topic, partition }: TopicPartition): void {
    this.#whileJoined((consumer) => consumer.resume([{ topic, partitions: [partition] }]));
  }

  async commit(positions: Position[]): Promise<void> {
    await this.#consumer?.commitOffsets(
      positions.map((position) => ({ ...position, offset: String(position.offset) })),
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#consumer?.disconnect();
  }

  async #join(): Promise<void> {
    const consumer = this.#kafka.consumer({ ...settings, groupId: this.#group });
    const { CRASH, GROUP_JOIN, REBALANCING } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) =>
      this.#joined(consumer, payload.memberId, payload.memberAssignment),
    );
    consumer.on(REBALANCING, () => this.#listener.rebalancing());
    // kafkajs has disconnected this consumer by the time it says so.
    consumer.on(CRASH, ({ payload }) => void this.#joinAgain(payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.#topics], fromBeginning: true });
      if (this.#closing.signal.aborted) return await consumer.disconnect();
      this.#consumer = consumer;
      await consumer.run({
        autoCommit: false,
        // Full queues hold up their own batch only; kafkajs starts this many workers for every fetch, so not more than it takes.
        partitionsConsumedConcurrently: 16,
        eachBatch: (payload) => this.#receive(payload),
      });
    } catch (error) {
      await consumer.disconnect().catch(() => {});
      await this.#joinAgain(error as Error);
    }
  }

  async #joinAgain(error: Error): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#consumer = undefined;
    this.#listener.lost(error);
    await pause(backoffMs(this.#failures++, 200, 5_000), this.#closing.signal);
    if (!this.#closing.signal.aborted) await this.#join();
  }

  #joined(consumer: kafkajs.Consumer, member: string, assignment: Record<string, number[]>): void {
    const partitions = Object.entries(assignment).flatMap(([topic, list]) =>
      list.map((partition) => ({ topic, partition })),
    );
    // Under the same member id we took part in every generation, so nobody else had these partitions in between.
    const kept =
      member === this.#member ? partitions.filter((partition) => this.#assigned.has(id(partition))) : [];
    const received = new Map(this.#received);
    this.#received.clear();
    for (const partition of kept) {
      const offset = received.get(id(partition));
      if (offset === undefined) continue;
      // kafkajs would fetch again from the committed offset what is already queued here.
      consumer.seek({ ...partition, offset: String(offset) });
      this.#received.set(id(partition), offset);
    }
    this.#member = member;
    this.#assigned = new Set(partitions.map(id));
    this.#failures = 0;
    this.#listener.assigned(partitions, kept);
  }

  async #receive({ batch, isStale, isRunning }: EachBatchPayload): Promise<void> {
    if (isStale() || !isRunning()) return;
    const { topic, partition } = batch;
    this.#received.set(id(batch), Number(batch.lastOffset()) + 1);
    await this.#listener.received({ topic, partition }, toIncoming(batch));
  }

  #whileJoined(action: (consumer: kafkajs.Consumer) => void): void {
    try {
      if (this.#consumer) action(this.#consumer);
    } catch {
      // Between a crash and the next join there is no group to pause in; the next assignment starts unpaused.
    }
  }
}
