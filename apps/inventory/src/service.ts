import { KafkaTransport } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { inventoryConfig } from './inventory.config.ts';
import { inventoryModule } from './inventory.module.ts';

export const service = defineService({
  name: 'inventory',
  config: inventoryConfig,
  module: inventoryModule,
  transports: [KafkaTransport],
});
