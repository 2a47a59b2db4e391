import { meter } from '@shop/tracing';

export const messagingMeter = meter('@shop/messaging');

export const handledMessages = messagingMeter.createCounter('messaging.client.consumed.messages', {
  description: 'Messages that were handled, skipped or found to be repeated',
  unit: '{message}',
});
export const processDuration = messagingMeter.createHistogram('messaging.process.duration', {
  description: 'Time to handle what gathered',
  unit: 's',
});
export const retriedMessages = messagingMeter.createCounter('messaging.retried.messages', {
  description: 'Messages sent to a retry topic',
  unit: '{message}',
});
export const parkedMessages = messagingMeter.createCounter('messaging.dead_lettered.messages', {
  description: 'Messages sent to a dead-letter topic',
  unit: '{message}',
});
export const consumerLag = messagingMeter.createObservableGauge('messaging.kafka.consumer.lag', {
  description: 'Messages of an assigned partition that the group has not committed',
  unit: '{message}',
});
export const outboxDepth = messagingMeter.createObservableGauge('messaging.outbox.depth', {
  description: 'Messages that are stored and not sent yet',
  unit: '{message}',
});
export const outboxAge = messagingMeter.createObservableGauge('messaging.outbox.age', {
  description: 'Age of the oldest message in the outbox',
  unit: 's',
});
