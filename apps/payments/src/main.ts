import { KafkaTransport } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { paymentsConfig } from './payments.config.ts';
import { paymentsModule } from './payments.module.ts';

await startService({
  name: 'payments',
  config: paymentsConfig,
  module: paymentsModule,
  transports: [KafkaTransport],
});
