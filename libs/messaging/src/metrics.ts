import { durationHistogram, messagingAttributes, meter } from '@shop/tracing';

export const messagingMeter = meter('@shop/messaging');
const unit = '{message}';

export const sentMessages = messagingMeter.createCounter('messaging.client.sent.messages', {
  description: 'Messages that the broker has acknowledged',
  unit,
});
export const handledMessages = messagingMeter.createCounter('messaging.client.consumed.messages', {
  description: 'Messages that are done with: handled, found to be repeated, or parked',
  unit,
});
export const processDuration = durationHistogram(
  messagingMeter,
  'messaging.process.duration',
  'Time to handle what gathered',
);
export const retriedMessages = messagingMeter.createCounter('shop.messaging.retried', {
  description: 'Messages sent to a retry topic',
  unit,
});
export const parkedMessages = messagingMeter.createCounter('shop.messaging.dead_lettered', {
  description: 'Messages sent to a dead-letter topic',
  unit,
});
export const consumerLag = messagingMeter.createObservableGauge('shop.messaging.consumer.lag', {
  description: 'Messages of an assigned partition that the group has not committed',
  unit,
});
export const outboxDepth = messagingMeter.createObservableGauge('shop.outbox.depth', {
  description: 'Messages that are stored and not sent yet',
  unit,
});
export const outboxBlocked = messagingMeter.createObservableGauge('shop.outbox.blocked', {
  description: 'Messages that the broker refuses, and that hold up their key',
  unit,
});
export const outboxAge = messagingMeter.createObservableGauge('shop.outbox.age', {
  description: 'Age of the oldest message in the outbox',
  unit: 's',
});

export const sent = (topic: string) => ({
  [messagingAttributes.system]: 'kafka',
  [messagingAttributes.operationName]: 'send',
  [messagingAttributes.destination]: topic,
});

export const processed = (group: string) => ({
  [messagingAttributes.system]: 'kafka',
  [messagingAttributes.operationName]: 'process',
  [messagingAttributes.consumerGroup]: group,
});

/** A topic as a group sees it. */
export const from = (topic: string, group: string) => ({
  [messagingAttributes.destination]: topic,
  [messagingAttributes.consumerGroup]: group,
});
