import type { Broker, PartitionLag, TopicPartition } from '../broker/port.ts';
import { from, parkedMessages, retriedMessages } from '../metrics.ts';
import { retryTopic, type Subscriptions } from '../subscriptions.ts';
import type { Tuning } from '../tuning.ts';
import { ConsumerLoop } from './consumer-loop.ts';
import type { Handlers } from './handlers.ts';
import type { Handling } from './handling.ts';

const id = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Consumes the topics that have handlers, and their retry topics. */
export class Intake {
  #loop: ConsumerLoop | undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly group: string,
    private readonly subscriptions: Subscriptions,
    private readonly handlers: Handlers,
    private readonly handling: Handling,
    private readonly tuning: Tuning,
  ) {}

  /** Throws when a handler needs a topic for which the group has no retry and dead-letter topics. */
  start(): void {
    const topics = [...this.handlers.topics];
    const missing = topics.filter((topic) => !this.subscriptions[this.group]?.includes(topic));
    if (missing.length > 0)
      throw new Error(`add ${missing.join(', ')} to the subscriptions of ${this.group}: a handler needs it`);
    if (topics.length === 0) return;
    // From zero, or the rise to the first one would not be seen.
    for (const counter of [retriedMessages, parkedMessages])
      for (const topic of topics) counter.add(0, from(topic, this.group));
    this.#loop = new ConsumerLoop(this.broker, this.group, this.topics, this.handling, this.tuning);
    this.#loop.start();
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#loop?.stop() ?? Promise.resolve());
  }

  get topics(): string[] {
    return [...this.handlers.topics].flatMap((topic) => [topic, retryTopic(topic, this.group)]);
  }

  /** How many messages of each assigned partition are not committed. */
  async lag(): Promise<PartitionLag[]> {
    if (!this.#loop) return [];
    const lags = await this.broker.lag(this.group, this.topics);
    const mine = new Set(this.#loop.assignment.map(id));
    return lags.filter((partition) => mine.has(id(partition)));
  }

  /** Commits what is finished, and answers how many messages are not: waiting, in hand, or put off. Throws until the group was joined. */
  async left(): Promise<number> {
    this.checkJoined();
    await this.#loop?.commit();
    return (await this.lag()).reduce((sum, { messages }) => sum + messages, 0);
  }

  /** Throws until the group has been joined. */
  checkJoined(): void {
    if (this.handlers.topics.size > 0 && !this.#loop?.joined)
      throw new Error('the consumer group is not joined yet');
  }
}
