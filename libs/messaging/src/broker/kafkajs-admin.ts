import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';
import { toIncoming } from './kafkajs-consumer.ts';
import type { Admin, IncomingMessage, TopicSpec } from './port.ts';

// For joining, and then between two batches: a compacted log need not end with a record that is still there.
const QUIET_MS = 10_000;
const LED_WITHIN_MS = 15_000;

/** What the tools do to topics as a whole. */
export class KafkaJsAdmin implements Admin {
  readonly #kafka: Kafka;
  readonly #admin: kafkajs.Admin;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
    this.#admin = kafka.admin();
  }

  connect(): Promise<void> {
    return this.#admin.connect();
  }

  close(): Promise<void> {
    return this.#admin.disconnect();
  }

  topics(): Promise<string[]> {
    return this.#admin.listTopics();
  }

  async create(specs: readonly TopicSpec[]): Promise<void> {
    const topics = specs.map(({ topic, partitions, config }) => ({
      topic,
      numPartitions: partitions,
      // The broker's default.
      replicationFactor: -1,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    }));
    // Answers false when another process has just created one of them. Its own wait for leaders gives up when the broker has not heard of a
    // topic that it is just creating.
    await this.#admin.createTopics({ topics, timeout: LED_WITHIN_MS, waitForLeaders: false });
    await this.#untilLed(specs.map(({ topic }) => topic));
  }

  async #untilLed(topics: string[]): Promise<void> {
    for (const end = performance.now() + LED_WITHIN_MS; ; await sleep(50)) {
      try {
        const { topics: known } = await this.#admin.fetchTopicMetadata({ topics });
        if (known.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
      } catch (error) {
        if (performance.now() > end) throw error;
      }
      if (performance.now() > end) throw new Error(`topics without a leader: ${topics.join(', ')}`);
    }
  }

  async read(topics: readonly string[]): Promise<IncomingMessage[]> {
    const ends = await this.#ends(topics);
    if (ends.size === 0) return [];
    const groupId = `reader-${randomUUID()}`;
    const consumer = this.#kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
    const read: IncomingMessage[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const quiet = setTimeout(resolve, QUIET_MS);
    await consumer.connect();
    await consumer.subscribe({
      topics: [...new Set([...ends.keys()].map((end) => end.slice(0, end.lastIndexOf('/'))))],
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        read.push(...toIncoming(batch));
        const key = `${batch.topic}/${batch.partition}`;
        if (Number(batch.lastOffset()) + 1 >= (ends.get(key) ?? 0)) ends.delete(key);
        if (ends.size === 0) resolve();
        quiet.refresh();
        return Promise.resolve();
      },
    });
    await done;
    clearTimeout(quiet);
    await consumer.disconnect();
    await this.#admin.deleteGroups([groupId]).catch(() => {});
    return read;
  }

  /** Where the partitions end that hold anything. */
  async #ends(topics: readonly string[]): Promise<Map<string, number>> {
    const ends = new Map<string, number>();
    for (const topic of topics) {
      for (const { partition, low, high } of await this.#admin.fetchTopicOffsets(topic)) {
        if (Number(high) > Number(low)) ends.set(`${topic}/${partition}`, Number(high));
      }
    }
    return ends;
  }
}
