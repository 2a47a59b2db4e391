import { KafkaTransport } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { ordersConfig } from './orders.config.ts';
import { ordersModule } from './orders.module.ts';

export const service = defineService({
  name: 'orders',
  config: ordersConfig,
  module: ordersModule,
  transports: [KafkaTransport],
});
