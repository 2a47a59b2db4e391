import { KafkaTransport } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { catalogConfig } from './catalog.config.ts';
import { catalogModule } from './catalog.module.ts';

await startService({
  name: 'catalog',
  config: catalogConfig,
  module: catalogModule,
  transports: [KafkaTransport],
});
