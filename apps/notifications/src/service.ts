import { KafkaTransport } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { notificationsConfig } from './notifications.config.ts';
import { notificationsModule } from './notifications.module.ts';

export const service = defineService({
  name: 'notifications',
  config: notificationsConfig,
  module: notificationsModule,
  transports: [KafkaTransport],
});
