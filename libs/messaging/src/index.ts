export type { BatchContext, Delivery, DeliveryOf, MessageContext } from './delivery.ts';
export { classify, type ErrorKind, PermanentError, TransientError } from './errors.ts';
export { Consumer, Handles, HandlesBatch } from './handles.ts';
export { MessagingModule } from './messaging.module.ts';
export type { MessagingOptions } from './providers.ts';
export { CreateMessagingTables1700000000000 } from './create-messaging-tables.ts';
export { Outbox, type PublishOptions } from './outbox/outbox.ts';
export { KafkaTransport } from './kafka-transport.ts';
export { untilDrained } from './until-drained.ts';
