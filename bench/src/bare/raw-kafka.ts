import { createServer } from 'node:http';
import kafkajs from 'kafkajs';
import { quietTimers } from './kafka-timers.ts';

// Produces and consumes batches as fast as kafkajs can, with nothing behind it, or single messages one after the other (a hop):
// POST /produce, /consume or /hop, with `{ topic, messages }`.
quietTimers();
const kafka = new kafkajs.Kafka({
  brokers: [process.env['KAFKA_BROKERS'] ?? ''],
  logLevel: kafkajs.logLevel.NOTHING,
});
const BATCH = 500;

interface Work {
  topic: string;
  messages: number;
}

/** Answers the milliseconds that it took. */
async function produce({ topic, messages }: Work): Promise<number> {
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  const value = JSON.stringify({
    productId: '01936f2a-0000-7000-8000-000000000003',
    filler: 'x'.repeat(150),
  });
  const since = performance.now();
  for (let sent = 0; sent < messages; sent += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index) => ({
      key: String(sent + index),
      value,
      headers: {
        ce_id: String(sent + index),
        ce_type: 'raw',
        ce_source: 'bench',
        ce_time: new Date().toISOString(),
      },
    }));
    await producer.sendBatch({ topicMessages: [{ topic, messages: batch }], acks: -1 });
  }
  const elapsed = performance.now() - since;
  await producer.disconnect();
  return elapsed;
}

/** From the first batch that arrives to the last message. */
async function consume({ topic, messages }: Work): Promise<number> {
  const consumer = kafka.consumer({ groupId: `raw-${topic}`, maxBytesPerPartition: 512 * 1024 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let [seen, since] = [0, 0];
  const { promise: all, resolve } = Promise.withResolvers<number>();
  await consumer.run({
    partitionsConsumedConcurrently: 16,
    eachBatch: async ({ batch }) => {
      since ||= performance.now();
      for (const { value } of batch.messages) JSON.parse(String(value));
      seen += batch.messages.length;
      if (seen >= messages) resolve(performance.now() - since);
    },
  });
  const elapsed = await all;
  await consumer.disconnect();
  return elapsed;
}

/** The median time from the call that sends a message to its arrival at a consumer that waits for it. */
async function hop({ topic, messages }: Work): Promise<number> {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: `hop-${topic}` });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [topic], fromBeginning: false });
  let arrived = Promise.withResolvers<void>();
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({ eachMessage: async () => arrived.resolve() });
  await joined;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const times: number[] = [];
  for (let index = 0; index < messages; index++) {
    arrived = Promise.withResolvers();
    const since = performance.now();
    await producer.send({ topic, acks: -1, messages: [{ key: String(index), value: 'x'.repeat(200) }] });
    await arrived.promise;
    times.push(performance.now() - since);
  }
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  return times.sort((a, b) => a - b)[Math.floor(messages / 2)]!;
}

const works: Record<string, (work: Work) => Promise<number>> = {
  '/produce': produce,
  '/consume': consume,
  '/hop': hop,
};

createServer((request, response) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (request.method !== 'POST') return response.end();
    const work = JSON.parse(Buffer.concat(chunks).toString()) as Work;
    const elapsed = await works[request.url ?? '']!(work);
    response.end(JSON.stringify({ elapsed }));
  })();
}).listen(Number(process.env['PORT']), '127.0.0.1');
