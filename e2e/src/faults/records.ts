import { randomUUID } from 'node:crypto';
import kafkajs, { type IHeaders, type Kafka } from 'kafkajs';

const { Partitioners } = kafkajs;

/** A client that keeps to itself what it meets. */
export const quietKafka = (brokers: string[]): Kafka =>
  new kafkajs.Kafka({
    brokers,
    clientId: 'faults',
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 8 },
  });

export interface StoredRecord {
  topic: string;
  partition: number;
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: IHeaders;
}

/** A stretch of a partition, `to` excluded. */
export interface Stretch {
  topic: string;
  partition: number;
  from: number;
  to: number;
}

/** All that a topic holds now. */
export async function stretchesOf(kafka: Kafka, topics: readonly string[]): Promise<Stretch[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const perTopic = topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({
        topic,
        partition,
        from: Number(low),
        to: Number(high),
      })),
    );
    return (await Promise.all(perTopic)).flat();
  } finally {
    await admin.disconnect();
  }
}

/** Reads stretches, each in its order, and leaves no trace of having read them. */
export async function readRecords(
  kafka: Kafka,
  stretches: readonly Stretch[],
  each: (record: StoredRecord) => void,
): Promise<void> {
  const wanted = new Map(
    stretches
      .filter(({ from, to }) => from < to)
      .map((stretch) => [`${stretch.topic}/${stretch.partition}`, stretch]),
  );
  if (wanted.size === 0) return;
  const groupId = `faults-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50, allowAutoTopicCreation: false });
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  // A consumer that cannot even join says so twice: by a crash and by what it throws.
  done.catch(() => {});
  consumer.on(consumer.events.CRASH, ({ payload }) => !payload.restart && reject(payload.error));
  const topics = [...new Set([...wanted.values()].map(({ topic }) => topic))];
  try {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        const key = `${batch.topic}/${batch.partition}`;
        const stretch = wanted.get(key);
        for (const message of batch.messages) {
          const offset = Number(message.offset);
          if (!stretch || offset < stretch.from || offset >= stretch.to) continue;
          const { key: messageKey, value, headers = {} } = message;
          each({ topic: batch.topic, partition: batch.partition, offset, key: messageKey, value, headers });
        }
        if (stretch && Number(batch.lastOffset()) + 1 >= stretch.to) wanted.delete(key);
        if (wanted.size === 0) resolve();
        return Promise.resolve();
      },
    });
    for (const { topic, partition, from } of wanted.values())
      consumer.seek({ topic, partition, offset: String(from) });
    await done;
  } finally {
    await consumer.disconnect().catch(() => {});
    await forgetGroup(kafka, groupId).catch(() => {});
  }
}

async function forgetGroup(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteGroups([groupId]).finally(() => admin.disconnect());
}

/** Puts records on their topics once more, or new ones for the first time. */
export async function publish(
  kafka: Kafka,
  records: readonly Pick<StoredRecord, 'topic' | 'key' | 'value' | 'headers'>[],
): Promise<void> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  try {
    const byTopic = Map.groupBy(records, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, messages]) => ({
      topic,
      messages: messages.map(({ topic: _, ...message }) => message),
    }));
    await producer.sendBatch({ topicMessages, acks: -1 });
  } finally {
    await producer.disconnect();
  }
}
