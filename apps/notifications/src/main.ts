import { KafkaTransport } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { notificationsConfig } from './notifications.config.ts';
import { notificationsModule } from './notifications.module.ts';

await startService({
  name: 'notifications',
  config: notificationsConfig,
  module: notificationsModule,
  transports: [KafkaTransport],
});
