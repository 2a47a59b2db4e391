import kafkajs from 'kafkajs';
import { v7 } from 'uuid';
import { quietTimers } from './kafka-timers.ts';
import { pool, run } from './database.ts';

export interface Message<P = Record<string, unknown>> {
  id: string;
  topic: string;
  key: string;
  type: string;
  payload: P;
}

/** A message of the outbox; `id` is its row's. */
interface Row {
  id: string;
  messageId: string;
  topic: string;
  key: string;
  type: string;
  payload: string;
}

quietTimers();

const service = process.env['SERVICE'] ?? 'bare';
const kafka = new kafkajs.Kafka({
  clientId: service,
  brokers: [process.env['KAFKA_BROKERS'] ?? ''],
  logLevel: kafkajs.logLevel.NOTHING,
});
const producer = kafka.producer({
  allowAutoTopicCreation: false,
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  maxInFlightRequests: 1,
});

/** A draft of the outbox. */
export const draft = (topic: string, key: string, type: string, payload: object): Omit<Row, 'id'> => ({
  messageId: v7(),
  topic,
  key,
  type,
  payload: JSON.stringify(payload),
});

/** What a statement that ends with this needs as parameters, from `$first` on. */
export const intoOutbox = (first: number): string => `
  INSERT INTO outbox (message_id, topic, key, type, payload)
  SELECT * FROM unnest($${first}::uuid[], $${first + 1}::text[], $${first + 2}::text[], $${first + 3}::text[], $${first + 4}::text[])
  RETURNING id, message_id AS "messageId"`;
export const columns = (drafts: Omit<Row, 'id'>[]): unknown[] => [
  drafts.map((row) => row.messageId),
  drafts.map((row) => row.topic),
  drafts.map((row) => row.key),
  drafts.map((row) => row.type),
  drafts.map((row) => row.payload),
];
export type Stored = Pick<Row, 'id' | 'messageId'>;

/** When there is much to do, a moment's patience makes the next batch larger, and each message cheaper. */
export async function gather(lastBatch: number): Promise<void> {
  if (lastBatch >= 5) await new Promise((resolve) => setTimeout(resolve, 5));
}

const waiting: Row[] = [];
let sent: string[] = [];
let sending = false;
let cleaning: NodeJS.Timeout | undefined;

/** Sends what a transaction has committed, in that order, and deletes it when the broker has it. */
export function relay(drafts: Omit<Row, 'id'>[], stored: Stored[]): void {
  const ids = new Map(stored.map(({ id, messageId }) => [messageId, id]));
  for (const row of drafts) waiting.push({ ...row, id: ids.get(row.messageId) ?? '' });
  if (!sending) void send();
}

async function send(): Promise<void> {
  sending = true;
  for (let last = 0; waiting.length > 0;) {
    await gather(last);
    const batch = waiting.splice(0, 500);
    last = batch.length;
    const byTopic = Map.groupBy(batch, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, rows]) => ({ topic, messages: rows.map(wire) }));
    await producer.sendBatch({ topicMessages, acks: -1 });
    sent.push(...batch.map(({ id }) => id));
    cleaning ??= setTimeout(clean, 50);
  }
  sending = false;
}

const wire = ({ messageId, key, type, payload }: Row) => ({
  key,
  value: payload,
  headers: { ce_id: messageId, ce_type: type, ce_source: service, ce_time: new Date().toISOString() },
});

async function clean(): Promise<void> {
  const ids = sent;
  sent = [];
  await run(pool, 'DELETE FROM outbox WHERE id = ANY($1::bigint[])', [ids]);
  cleaning = sent.length > 0 ? setTimeout(clean, 50) : undefined;
}

export const connectProducer = (): Promise<void> => producer.connect();

/** Handles what has gathered of all partitions, one batch after the other, apart from the fetching. */
export async function consume(
  topics: string[],
  handle: (messages: Message[]) => Promise<void>,
): Promise<void> {
  const consumer = kafka.consumer({ groupId: service, maxWaitTimeInMs: 500, sessionTimeout: 10_000 });
  const queue: (Message & { place: string; offset: string })[] = [];
  const handled = new Map<string, string>();
  let busy = false;
  const drain = async () => {
    busy = true;
    for (let last = 0; queue.length > 0;) {
      await gather(last);
      const batch = queue.splice(0, 200);
      last = batch.length;
      await handle(batch);
      for (const { place, offset } of batch) handled.set(place, offset);
    }
    busy = false;
  };
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 16,
    eachBatch: async ({ batch: { topic, partition, messages } }) => {
      const place = `${topic}/${partition}`;
      for (const { key, value, headers, offset } of messages)
        queue.push({
          id: String(headers?.['ce_id']),
          topic,
          key: String(key),
          type: String(headers?.['ce_type']),
          payload: JSON.parse(String(value)) as Record<string, unknown>,
          place,
          offset,
        });
      if (!busy) void drain();
      while (queue.length > 2_000) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  });
  setInterval(() => {
    const offsets = [...handled].map(([place, offset]) => {
      const [topic = '', partition] = place.split('/');
      return { topic, partition: Number(partition), offset: String(Number(offset) + 1) };
    });
    handled.clear();
    if (offsets.length > 0) void consumer.commitOffsets(offsets);
  }, 1_000).unref();
}
