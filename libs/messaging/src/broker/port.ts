/** Header values as they are on the wire; a repeated header is a list. */
export type HeaderValue = Buffer | string | (Buffer | string)[];
export type MessageHeaders = Record<string, HeaderValue | undefined>;

export interface TopicPartition {
  topic: string;
  partition: number;
}

/** A message to send. The key decides the partition (murmur2, as every Kafka client), unless `partition` is given. */
export interface OutgoingMessage {
  topic: string;
  key: Buffer | string | null;
  value: Buffer | string | null;
  headers: MessageHeaders;
}

/** A message as it was fetched, untouched. */
export interface IncomingMessage extends TopicPartition {
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: MessageHeaders;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

/** The first offset of a partition that is not finished yet. */
export interface Position extends TopicPartition {
  offset: number;
}

export interface Producer {
  /** Resolves when every in-sync replica has all messages. Throws RefusedByBroker when repeating them is useless, anything else when it is not. */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
  connect(): Promise<void>;
  close(): Promise<void>;
}

/** What a consumer tells its owner. */
export interface ConsumerListener {
  /** The group has given out partitions. Of the `kept` ones nothing was missed, and fetching goes on after what was received last. */
  assigned(partitions: TopicPartition[], kept: TopicPartition[]): void;
  /** The group is about to give out partitions anew: the last moment to commit. */
  rebalancing(): void;
  /** The connection or the membership is lost; the adapter is already trying again. */
  lost(error: Error): void;
  /** Messages of one partition, in order. The next fetch waits until this resolves. */
  received(partition: TopicPartition, messages: IncomingMessage[]): Promise<void>;
}

export interface Consumer {
  pause(partition: TopicPartition): void;
  resume(partition: TopicPartition): void;
  commit(positions: Position[]): Promise<void>;
  /** Leaves the group. */
  close(): Promise<void>;
}

export interface PartitionLag extends TopicPartition {
  messages: number;
}

/** All that the library asks of a Kafka client. */
export interface Broker {
  producer(): Producer;
  /** Joins `group`, for ever if need be: while no broker answers it keeps trying. */
  consume(group: string, topics: readonly string[], listener: ConsumerListener): Consumer;
  /** Messages that the group has not committed yet, per partition. */
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  admin(): Admin;
  close(): Promise<void>;
}

export interface TopicSpec {
  topic: string;
  partitions: number;
  config: Record<string, string>;
}

/** Topics as a whole, for tools. */
export interface Admin {
  connect(): Promise<void>;
  topics(): Promise<string[]>;
  create(specs: readonly TopicSpec[]): Promise<void>;
  /** All that the topics hold now, in order per partition. */
  read(topics: readonly string[]): Promise<IncomingMessage[]>;
  close(): Promise<void>;
}

export type BrokerLog = (level: 'debug' | 'warn' | 'error', message: string, detail: object) => void;

/** The broker refuses this message, now and whenever it is repeated unchanged. */
export class RefusedByBroker extends Error {
  override readonly name = 'RefusedByBroker';
}
