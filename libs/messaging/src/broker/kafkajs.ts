import type { Kafka } from 'kafkajs';
import { connectKafkaJs } from './kafkajs-client.ts';
import { KafkaJsConsumer } from './kafkajs-consumer.ts';
import { KafkaJsProducer } from './kafkajs-producer.ts';
import { KafkaJsAdmin } from './kafkajs-admin.ts';
import type { Admin, Broker, BrokerLog, Consumer, ConsumerListener, PartitionLag, Producer } from './port.ts';

/** The port on kafkajs. Only this folder knows it, so that another client can take its place. */
export class KafkaJsBroker implements Broker {
  readonly #kafka: Kafka;
  #admin: Promise<ReturnType<Kafka['admin']>> | undefined;

  constructor(clientId: string, brokers: string[], log: BrokerLog) {
    this.#kafka = connectKafkaJs(clientId, brokers, log);
  }

  producer(): Producer {
    return new KafkaJsProducer(this.#kafka);
  }

  admin(): Admin {
    return new KafkaJsAdmin(this.#kafka);
  }

  consume(group: string, topics: readonly string[], listener: ConsumerListener): Consumer {
    return new KafkaJsConsumer(this.#kafka, group, topics, listener);
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const admin = await this.#connectedAdmin();
    const committed = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
    const lags = committed.map(async ({ topic, partitions }) => {
      const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
      return partitions.map(({ partition, offset }) => {
        const { low = '0', high = '0' } = ends.get(partition) ?? {};
        const position = Number(offset) < 0 ? Number(low) : Number(offset);
        return { topic, partition, messages: Math.max(0, Number(high) - position) };
      });
    });
    return (await Promise.all(lags)).flat();
  }

  async close(): Promise<void> {
    await (await this.#admin)?.disconnect();
  }

  #connectedAdmin(): Promise<ReturnType<Kafka['admin']>> {
    return (this.#admin ??= (async () => {
      const admin = this.#kafka.admin();
      await admin.connect();
      return admin;
    })().catch((error: unknown) => {
      this.#admin = undefined;
      throw error;
    }));
  }
}
