import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { FolderStore } from './folder-store.ts';
import { Invoicing } from './invoicing.ts';
import { OrderEventsConsumer } from './order-events.consumer.ts';
import type { OrderInvoiceConfig } from './order-invoice.config.ts';

@Module({})
class OrderInvoiceModule {}

export const orderInvoiceModule = (config: OrderInvoiceConfig): DynamicModule => ({
  module: OrderInvoiceModule,
  imports: [
    MessagingModule.forRoot({
      service: 'order-invoice',
      config,
      stateless: true,
      tuning: { handleWithinMs: config.HANDLE_WITHIN_MS },
    }),
  ],
  controllers: [OrderEventsConsumer],
  providers: [{ provide: Invoicing, useFactory: () => new Invoicing(new FolderStore(config.INVOICE_DIR)) }],
});
