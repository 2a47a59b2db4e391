import { topics } from '@shop/contracts';

/** Which group consumes which topics. Retry and dead-letter topics are created from it, so a handler outside of it is refused at start. */
export type Subscriptions = Readonly<Record<string, readonly string[]>>;

export const subscriptions: Subscriptions = {
  inventory: [topics.inventoryCommands],
  payments: [topics.paymentsCommands],
  orders: [topics.catalogEvents, topics.inventoryEvents, topics.paymentsEvents],
  notifications: [topics.ordersEvents],
  'order-invoice': [topics.ordersEvents],
};

/** Of every topic but those of dead letters. Fixed up front: another number later would send keys to other partitions and break their order. */
export const partitionsPerTopic = 6;

/** Where a group's failed messages of a topic wait for another try. */
export const retryTopic = (topic: string, group: string): string => `${topic}.${group}.retry`;

export const isRetryTopic = (topic: string): boolean => topic.endsWith('.retry');

/** Where a group parks what it cannot handle. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlt`;
