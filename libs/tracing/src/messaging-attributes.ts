/** Messaging semantic conventions, still "development" in OpenTelemetry: a rename changes this file only. */
export const messagingAttributes = {
  system: 'messaging.system',
  operationName: 'messaging.operation.name',
  operationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
  partition: 'messaging.destination.partition.id',
  consumerGroup: 'messaging.consumer.group.name',
  messageId: 'messaging.message.id',
  batchSize: 'messaging.batch.message_count',
  key: 'messaging.kafka.message.key',
  offset: 'messaging.kafka.offset',
  attempt: 'shop.delivery.attempt',
  type: 'cloudevents.event_type',
} as const;
