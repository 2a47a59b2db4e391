import type { Provider } from '@nestjs/common';
import { allMessages, type MessageDefinition, newId } from '@shop/contracts';
import { Database, Transactions } from '@shop/persistence';
import { HealthChecks, ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { KafkaJsBroker } from './broker/kafkajs.ts';
import type { Broker, Producer } from './broker/port.ts';
import { type Execution, StatelessExecution, TransactionalExecution } from './consumer/execution.ts';
import { Handlers } from './consumer/handlers.ts';
import { Handling } from './consumer/handling.ts';
import { Intake } from './consumer/intake.ts';
import { Parking } from './consumer/parking.ts';
import { Inbox } from './inbox.ts';
import { KafkaTransport } from './kafka-transport.ts';
import { MessagingLifecycle } from './messaging-lifecycle.ts';
import { Lanes } from './outbox/lanes.ts';
import { Outbox } from './outbox/outbox.ts';
import { OutboxStore } from './outbox/outbox-store.ts';
import { Relay } from './outbox/relay.ts';
import { RelayConnection } from './outbox/relay-connection.ts';
import { WakeUp } from './outbox/wake-up.ts';
import { subscriptions, type Subscriptions } from './subscriptions.ts';
import { defaults, type Tuning } from './tuning.ts';

export interface MessagingOptions {
  /** Also the consumer group and the `ce_source` of what is published. */
  service: string;
  config: { KAFKA_BROKERS: string[] };
  /** No outbox, no inbox, no transaction: each message is handled by itself, at least once. */
  stateless?: boolean;
  /** Default: those of the contracts. */
  messages?: readonly MessageDefinition[];
  /** Default: the shop's table of groups and topics. */
  subscriptions?: Subscriptions;
  tuning?: Partial<Tuning>;
}

/** What both kinds of service share. */
class Client {
  readonly tuning: Tuning;
  readonly broker: Broker;
  readonly producer: Producer;
  readonly handlers: Handlers;
  private readonly catalogue: ReadonlyMap<string, MessageDefinition>;

  constructor(private readonly options: MessagingOptions) {
    const log = logger('kafka');
    this.tuning = { ...defaults, ...(options.stateless && { maxBatch: 1, paceMs: 0 }), ...options.tuning };
    this.catalogue = new Map(
      (options.messages ?? allMessages).map((definition) => [definition.type, definition]),
    );
    this.handlers = new Handlers(this.catalogue);
    this.broker = new KafkaJsBroker(options.service, options.config.KAFKA_BROKERS, (level, message, detail) =>
      log[level](detail, message),
    );
    this.producer = this.broker.producer();
  }

  intake(execution: Execution): Intake {
    const { service } = this.options;
    const parking = new Parking(this.producer, service, this.tuning.retryDelaysMs);
    const handling = new Handling(this.catalogue, this.handlers, execution, parking, this.tuning);
    return new Intake(
      this.broker,
      service,
      this.options.subscriptions ?? subscriptions,
      this.handlers,
      handling,
      this.tuning,
    );
  }
}

export function stateless(options: MessagingOptions): Provider[] {
  return [
    ...shared(options),
    provide(Intake, [Client], (client: Client) =>
      client.intake(new StatelessExecution(client.handlers, options.service, client.tuning.handleWithinMs)),
    ),
    provide(
      MessagingLifecycle,
      [Client, Intake, HealthChecks, ShutdownSequence],
      (client: Client, intake: Intake, health: HealthChecks, shutdown: ShutdownSequence) =>
        new MessagingLifecycle(options.service, client, { intake }, health, shutdown),
    ),
  ];
}

export function transactional(options: MessagingOptions): Provider[] {
  const { service } = options;
  return [
    ...shared(options),
    provide(Inbox, [Database], (database: Database) => new Inbox(database, service)),
    provide(RelayConnection, [Database], (database: Database) => new RelayConnection(database)),
    provide(OutboxStore, [RelayConnection], (connection: RelayConnection) => new OutboxStore(connection)),
    provide(
      Relay,
      [Client, RelayConnection, OutboxStore],
      (client: Client, connection: RelayConnection, store: OutboxStore) => {
        const lanes = new Lanes(connection, newId(), client.tuning.leaseMs);
        return new Relay(store, lanes, new WakeUp(connection), client.producer, client.tuning);
      },
    ),
    provide(Outbox, [Relay], (relay: Relay) => new Outbox(service, (rows) => relay.offer(rows))),
    provide(
      Intake,
      [Client, Transactions, Inbox],
      (client: Client, transactions: Transactions, inbox: Inbox) =>
        client.intake(new TransactionalExecution(transactions, inbox, client.handlers, service)),
    ),
    provide(
      MessagingLifecycle,
      [Client, Intake, HealthChecks, ShutdownSequence, Relay, RelayConnection, Inbox, OutboxStore],
      (
        client: Client,
        intake: Intake,
        health: HealthChecks,
        shutdown: ShutdownSequence,
        relay: Relay,
        connection: RelayConnection,
        inbox: Inbox,
        store: OutboxStore,
      ) =>
        new MessagingLifecycle(
          service,
          client,
          { intake, relay, connection, inbox, store },
          health,
          shutdown,
        ),
    ),
  ];
}

const shared = (options: MessagingOptions): Provider[] => [
  provide(Client, [], () => new Client(options)),
  provide(
    KafkaTransport,
    [Client, Intake],
    (client: Client, intake: Intake) => new KafkaTransport(client.handlers, intake),
  ),
];

type Class<T> = abstract new (...args: never[]) => T;

const provide = <T, const D extends readonly Class<unknown>[]>(
  token: Class<T>,
  inject: D,
  useFactory: (...args: never[]) => T,
): Provider => ({
  provide: token,
  inject: [...inject],
  useFactory: useFactory as (...args: unknown[]) => T,
});
