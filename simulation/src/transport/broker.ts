import type { Message } from './message.ts';
import { Partition } from './partition.ts';

/** Two, so that orders share a partition and also do not. */
const PARTITIONS = 2;

/** Topics as Kafka keeps them: a key always in the same partition, a partition in the order of arrival, nothing ever lost. */
export class Broker {
  readonly #topics = new Map<string, Partition[]>();

  constructor(private readonly partitionOf: (key: string) => number) {}

  topic(name: string): readonly Partition[] {
    let partitions = this.#topics.get(name);
    if (!partitions) {
      partitions = Array.from({ length: PARTITIONS }, (_, number) => new Partition(name, number));
      this.#topics.set(name, partitions);
    }
    return partitions;
  }

  send(messages: readonly Message[]): void {
    for (const message of messages)
      this.topic(message.topic)[this.partitionOf(message.key) % PARTITIONS]!.log.push(message);
  }
}
