import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { databaseConfig, httpConfig, jobConfig, kafkaConfig } from '@shop/config';
import { type MessageDefinition, newId } from '@shop/contracts';
import { Database, PersistenceModule, runMigrations, Transactions } from '@shop/persistence';
import { type RunningService, startService } from '@shop/service-kit';
import { eventually, testBrokers, testDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { KafkaJsBroker } from './broker/kafkajs.ts';
import type { MessageHeaders, OutgoingMessage } from './broker/port.ts';
import { CreateMessagingTables1700000000000 } from './create-messaging-tables.ts';
import { ce } from './headers.ts';
import { KafkaTransport } from './kafka-transport.ts';
import { MessagingModule } from './messaging.module.ts';
import { Outbox } from './outbox/outbox.ts';
import type { MessagingOptions } from './providers.ts';
import { createTopics } from './topics.ts';
import { untilDrained } from './until-drained.ts';
import { CreateEffects1700000000002, type Payload, type Vocabulary } from './vocabulary.fixture.ts';

export { recorders, vocabulary } from './vocabulary.fixture.ts';

export interface Replica extends AsyncDisposable {
  service: RunningService;
  outbox: Outbox;
  transactions: Transactions;
  database: Database;
  /** Its exit code, if it ends by itself. */
  exited: Promise<number>;
}

interface ReplicaOptions extends Partial<Omit<MessagingOptions, 'config' | 'service'>> {
  group?: string;
  consumers?: Type[];
  /** Default: the ones of the test run. */
  brokers?: string[];
  databaseUrl?: string;
  providers?: Provider[];
  /** Runs it as a job. */
  job?: { idleMs: number; maxMs: number };
}

@Module({})
class SpecModule {}

const quick = {
  retryDelaysMs: [50, 50, 50],
  triesBaseMs: 5,
  outageBaseMs: 50,
  outageMaxMs: 200,
  commitEveryMs: 50,
  leaseMs: 3_000,
  roundMs: 300,
};

/** A database and topics, on which any number of replicas of a service can run. */
export async function world(
  words: Vocabulary,
  options: { partitions?: number; also?: string[]; brokers?: string[] } = {},
) {
  const { url, drop } = await testDatabase();
  await runMigrations({ url, migrations: [CreateMessagingTables1700000000000, CreateEffects1700000000002] });
  const brokers = options.brokers ?? testBrokers();
  const subscriptions = Object.fromEntries(
    [words.group, ...(options.also ?? [])].map((group) => [group, [words.topic]]),
  );
  await createTopics(brokers, { partitions: options.partitions ?? 3, topics: [words.topic], subscriptions });
  const replicas = new Set<Replica>();
  const broker = new KafkaJsBroker('spec', brokers, () => {});
  const producer = broker.producer();
  const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 10 }).initialize();

  async function replica({
    group = words.group,
    consumers = [],
    providers = [],
    brokers: own = brokers,
    databaseUrl = url,
    job,
    ...messaging
  }: ReplicaOptions = {}): Promise<Replica> {
    const module = (config: {
      DATABASE_URL: string;
      DATABASE_POOL_SIZE: number;
      KAFKA_BROKERS: string[];
    }): DynamicModule => ({
      module: SpecModule,
      imports: [
        PersistenceModule.forRoot({ name: group, config }),
        MessagingModule.forRoot({
          service: group,
          config,
          messages: words.messages,
          subscriptions,
          ...messaging,
          tuning: { ...quick, ...messaging.tuning },
        }),
      ],
      controllers: consumers,
      providers,
    });
    const { promise: exited, resolve: exit } = Promise.withResolvers<number>();
    const service = await startService(
      {
        name: group,
        config: z.object({
          ...httpConfig(0).shape,
          ...databaseConfig.shape,
          ...kafkaConfig.shape,
          ...jobConfig.shape,
        }),
        module: module as never,
        transports: [KafkaTransport],
        until: untilDrained,
        env: {
          PORT: '0',
          HOST: '127.0.0.1',
          DATABASE_URL: databaseUrl,
          DATABASE_POOL_SIZE: '5',
          KAFKA_BROKERS: own.join(),
          ...(job && {
            RUN_AS: 'job',
            JOB_IDLE_MS: String(job.idleMs),
            JOB_MAX_MS: String(job.maxMs),
          }),
        },
      },
      { on: () => {}, off: () => {}, exit, stderr: process.stderr },
    );
    const get = <T>(token: Type<T> | (abstract new (...args: never[]) => T)) =>
      service.app.get<T>(token as Type<T>, { strict: false });
    const running: Replica = {
      service,
      outbox: messaging.stateless ? (undefined as never) : get<Outbox>(Outbox),
      transactions: get<Transactions>(Transactions),
      database: get<Database>(Database),
      exited,
      [Symbol.asyncDispose]: async () => {
        replicas.delete(running);
        await service.close();
      },
    };
    replicas.add(running);
    return running;
  }

  return {
    url,
    brokers,
    subscriptions,
    database: new Database(dataSource),
    transactions: new Transactions(dataSource),
    replica,
    /** Past the outbox, as a stranger would. A busy broker may announce a new topic before it leads it. */
    send: (...messages: Omit<OutgoingMessage, 'topic'>[]) =>
      eventually(() => producer.send(messages.map((message) => ({ topic: words.topic, ...message })))),
    /** Messages that the group has not committed. */
    async lag() {
      const lags = await broker.lag(words.group, [words.topic]);
      return lags.reduce((sum, { messages }) => sum + messages, 0);
    },
    async read(topic: string) {
      const admin = broker.admin();
      await admin.connect();
      return admin.read([topic]).finally(() => admin.close());
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...replicas].map((running) => running[Symbol.asyncDispose]()));
      await producer.close();
      await broker.close();
      await dataSource.destroy();
      await drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof world>>;

/** A message with every header it needs. */
export const envelope = (
  { type }: MessageDefinition,
  payload: object,
  headers: MessageHeaders = {},
): Omit<OutgoingMessage, 'topic'> => ({
  key: (payload as Payload).key,
  value: JSON.stringify(payload),
  headers: { [ce.specVersion]: '1.0', [ce.id]: newId(), [ce.type]: type, [ce.source]: 'spec', ...headers },
});

/** Publishes each payload in a transaction of its own. */
export async function publish(
  { transactions, outbox }: Pick<Replica, 'transactions' | 'outbox'>,
  definition: Vocabulary['Counted'],
  ...payloads: Payload[]
): Promise<void> {
  for (const payload of payloads)
    await transactions.run(async (tx) => outbox.publish(tx, definition, payload));
}

/** Effects in the order in which they happened. */
export const effects = (database: Database) =>
  database.query<{ message_id: string; key: string; n: number }>(
    'SELECT message_id, key, n FROM effects ORDER BY seq',
  );

export const outboxDepth = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox');
  return row?.count ?? -1;
};

/** Resolves when the replica is ready for traffic. */
export async function ready({ service }: Replica): Promise<void> {
  const response = await fetch(`${service.url}/health/ready`);
  if (!response.ok) throw new Error(await response.text());
}
