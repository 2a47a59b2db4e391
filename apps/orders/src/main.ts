import { KafkaTransport } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { ordersConfig } from './orders.config.ts';
import { ordersModule } from './orders.module.ts';

await startService({
  name: 'orders',
  config: ordersConfig,
  module: ordersModule,
  transports: [KafkaTransport],
});
