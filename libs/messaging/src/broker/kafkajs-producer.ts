import kafkajs, { type Kafka } from 'kafkajs';
import { sent, sentMessages } from '../metrics.ts';
import { causes } from './kafkajs-client.ts';
import { type OutgoingMessage, type Producer, RefusedByBroker } from './port.ts';

const { Partitioners } = kafkajs;

const ACKS_OF_ALL_REPLICAS = -1;

/** Answers that stay the same however often the same message is sent. A missing topic is among them: it must stop its own messages only. */
const REFUSALS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'TOPIC_AUTHORIZATION_FAILED',
  'POLICY_VIOLATION',
]);

/**
 * Not idempotent, although one request is in flight at a time: kafkajs loses count of its sequence numbers after a failed batch and then
 * refuses to send at all. Repeated messages are dropped by the inbox, which must do so anyway for a relay that died between send and delete.
 */
export class KafkaJsProducer implements Producer {
  readonly #producer: kafkajs.Producer;
  #connected: Promise<void> | undefined;

  constructor(kafka: Kafka) {
    this.#producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      maxInFlightRequests: 1,
    });
    // After a lost connection kafkajs connects again by itself, but not after disconnect().
    this.#producer.on('producer.disconnect', () => (this.#connected = undefined));
  }

  connect(): Promise<void> {
    return (this.#connected ??= this.#producer.connect().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    }));
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    await this.connect();
    const byTopic = Map.groupBy(messages, (message) => message.topic);
    const topicMessages = [...byTopic].map(([topic, list]) => ({ topic, messages: list }));
    try {
      await this.#producer.sendBatch({ topicMessages, acks: ACKS_OF_ALL_REPLICAS });
      for (const [topic, list] of byTopic) sentMessages.add(list.length, sent(topic));
    } catch (error) {
      throw refusal(error) ?? error;
    }
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
  }
}

function refusal(error: unknown): RefusedByBroker | undefined {
  for (const { type } of causes(error)) {
    if (type && REFUSALS.has(type)) return new RefusedByBroker(type, { cause: error });
  }
  return undefined;
}
