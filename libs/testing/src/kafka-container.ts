import { freePort } from './free-port.ts';
import type { KafkaOptions, RunningKafka } from './start-kafka.ts';

export const kafkaImage = (): string => process.env['KAFKA_IMAGE'] || 'apache/kafka:4.1.1';

/** The broker needs a second listener for itself: with the advertised one alone it cannot reach its own port from inside. */
const listeners = (host: string, port: number) => ({
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENERS: 'PLAINTEXT://:9092,INTERNAL://localhost:19092,CONTROLLER://localhost:9093',
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port},INTERNAL://localhost:19092`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
});

const SMALL = {
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_HEAP_OPTS: '-Xmx256m -Xms128m',
};

/** Apache's own image on a port chosen beforehand, because a client learns the address from the broker. */
export async function startKafkaContainer(options: KafkaOptions): Promise<RunningKafka> {
  options.log?.(`Kafka: container ${kafkaImage()}`);
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const hostname = client.info.containerRuntime.host;
  const port = options.port || (await freePort());
  // Whatever stands before the broker stands on this machine, also where containers are reached by another address.
  const advertised = options.advertisedPort
    ? listeners('127.0.0.1', options.advertisedPort)
    : listeners(hostname, port);
  const container = await new GenericContainer(kafkaImage())
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({ ...SMALL, ...advertised })
    .withWaitStrategy(Wait.forLogMessage('Kafka Server started'))
    .start();
  return {
    brokers: [`${hostname}:${port}`],
    kind: 'container',
    pid: 0,
    stop: async () => void (await container.stop()),
    kill: async () => void (await client.container.getById(container.getId()).kill()),
    restart: async () => void (await container.restart()),
  };
}
