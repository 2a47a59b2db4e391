import { topics as shopTopics } from '@shop/contracts';
import { KafkaJsBroker } from './broker/kafkajs.ts';
import type { TopicSpec } from './broker/port.ts';
import {
  deadLetterTopic,
  partitionsPerTopic,
  retryTopic,
  subscriptions as shopSubscriptions,
  type Subscriptions,
} from './subscriptions.ts';

export { deadLetterTopic, retryTopic, subscriptions, type Subscriptions } from './subscriptions.ts';

export interface TopicOptions {
  /** Default: {@link partitionsPerTopic}. */
  partitions?: number;
  /** Default: those of the contracts. */
  topics?: readonly string[];
  subscriptions?: Subscriptions;
  log?: (line: string) => void;
}

const MIB = 1024 * 1024;
// A message on its way to a retry or dead-letter topic has gained headers and must still fit.
const ROOMY = { 'max.message.bytes': String(2 * MIB) };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Creates the topics that are missing, with the retry and dead-letter topics of their groups; answers their names. */
export async function createTopics(brokers: string[], options: TopicOptions = {}): Promise<string[]> {
  const admin = new KafkaJsBroker('create-topics', brokers, () => {}).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.topics());
    const missing = specs(options).filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0) await admin.create(missing);
    for (const { topic, partitions } of missing)
      options.log?.(`created ${topic} with ${partitions} partitions`);
    return missing.map(({ topic }) => topic);
  } finally {
    await admin.close();
  }
}

function specs({
  partitions = partitionsPerTopic,
  topics = Object.values(shopTopics),
  subscriptions = shopSubscriptions,
}: TopicOptions): TopicSpec[] {
  const consumed = Object.entries(subscriptions).flatMap(([group, list]) =>
    list.map((topic) => ({ topic, group })),
  );
  return [
    ...topics.map((topic) => ({ topic, partitions, config: { 'max.message.bytes': String(MIB) } })),
    ...consumed.map(({ topic, group }) => ({ topic: retryTopic(topic, group), partitions, config: ROOMY })),
    ...consumed.map(({ topic, group }) => ({
      topic: deadLetterTopic(topic, group),
      partitions: 1,
      config: letters,
    })),
  ];
}

// A letter stays until its tombstone; compaction then removes both.
const letters = { ...ROOMY, 'cleanup.policy': 'compact', 'segment.ms': String(DAY_MS) };
