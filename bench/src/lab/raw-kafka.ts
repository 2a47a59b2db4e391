import { randomUUID } from 'node:crypto';
import type { Shop } from '@shop/tools';
import kafkajs from 'kafkajs';
import { startOpponent } from './opponent.ts';

export interface RawKafka {
  /** Milliseconds that it took. */
  run(work: 'produce' | 'consume' | 'hop', messages: number): Promise<number>;
  stop(): Promise<void>;
}

/** Plain kafkajs in a process of its own, on a topic of its own. */
export async function startRawKafka(shop: Shop): Promise<RawKafka> {
  const topic = `bare.raw.${randomUUID().slice(0, 8)}`;
  const admin = new kafkajs.Kafka({ brokers: shop.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 6 }] });
  await admin.disconnect();
  const { url, stop } = await startOpponent(shop, 'raw-kafka', {
    KAFKA_BROKERS: shop.brokers.join(','),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  });
  const run = async (work: string, messages: number) => {
    const body = JSON.stringify({ topic, messages });
    const answer = await fetch(`${url}/${work}`, { method: 'POST', body });
    return ((await answer.json()) as { elapsed: number }).elapsed;
  };
  return { run, stop };
}
