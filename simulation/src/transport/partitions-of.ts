import { topics } from '@shop/contracts';
import { subscriptions } from '@shop/messaging/topics';
import type { Broker } from './broker.ts';
import type { Partition } from './partition.ts';

/** The partitions that a service reads, by the shop's own table. Prices do not change here. */
export const partitionsOf = (service: string, broker: Broker): readonly Partition[] =>
  subscriptions[service]!.filter((topic) => topic !== topics.catalogEvents).flatMap((topic) =>
    broker.topic(topic),
  );
