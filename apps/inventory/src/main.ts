import { KafkaTransport } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { inventoryConfig } from './inventory.config.ts';
import { inventoryModule } from './inventory.module.ts';

await startService({
  name: 'inventory',
  config: inventoryConfig,
  module: inventoryModule,
  transports: [KafkaTransport],
});
