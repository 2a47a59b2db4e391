import { KafkaTransport, untilDrained } from '@shop/messaging';
import { startService } from '@shop/service-kit';
import { orderInvoiceConfig } from './order-invoice.config.ts';
import { orderInvoiceModule } from './order-invoice.module.ts';

await startService({
  name: 'order-invoice',
  config: orderInvoiceConfig,
  module: orderInvoiceModule,
  transports: [KafkaTransport],
  until: untilDrained,
});
