import { KafkaTransport } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { catalogConfig } from './catalog.config.ts';
import { catalogModule } from './catalog.module.ts';

export const service = defineService({
  name: 'catalog',
  config: catalogConfig,
  module: catalogModule,
  transports: [KafkaTransport],
});
