import { KafkaTransport, untilDrained } from '@shop/messaging';
import { defineService } from '@shop/service-kit';
import { orderInvoiceConfig } from './order-invoice.config.ts';
import { orderInvoiceModule } from './order-invoice.module.ts';

export const service = defineService({
  name: 'order-invoice',
  config: orderInvoiceConfig,
  module: orderInvoiceModule,
  transports: [KafkaTransport],
  until: untilDrained,
});
