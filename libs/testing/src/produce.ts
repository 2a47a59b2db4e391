import { Kafka, logLevel, Partitioners } from 'kafkajs';

export interface RawMessage {
  topic: string;
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** Puts a message on a topic as it is, however wrong; services have an outbox for that. */
export async function produce(brokers: string[], { topic, ...message }: RawMessage): Promise<void> {
  const kafka = new Kafka({ brokers, clientId: 'test', logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await producer.send({ topic, messages: [message] });
  } finally {
    await producer.disconnect();
  }
}
