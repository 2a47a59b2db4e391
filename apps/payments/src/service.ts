import { KafkaTransport } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { paymentsConfig } from './payments.config.ts';
import { paymentsModule } from './payments.module.ts';

export const service = defineService({
  name: 'payments',
  config: paymentsConfig,
  module: paymentsModule,
  transports: [KafkaTransport],
});
