import type { DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { PersistenceModule } from '@shop/persistence';
import { authModule } from '@shop/service-kit';
import { CallGauges } from './calls/call-gauges.ts';
import { CallRows } from './calls/call-rows.ts';
import { CallWorker } from './calls/call-worker.ts';
import { Reports } from './calls/reports.ts';
import { PaymentRows } from './commands/payment-rows.ts';
import { PaymentsConsumer } from './commands/payments.consumer.ts';
import { paymentsSettings, type PaymentsConfig } from './payments.config.ts';
import { adapters } from './psp/adapters.ts';
import { PaymentsController } from './read/payments.controller.ts';
import { ReadPayment } from './read/read-payment.ts';
import { ReconcileJob } from './reconcile/reconcile-job.ts';
import { Reconcile } from './reconcile/reconcile.ts';
import { WebhookController } from './webhooks/webhook.controller.ts';

class PaymentsModule {}

export const paymentsModule = (config: PaymentsConfig): DynamicModule => ({
  module: PaymentsModule,
  imports: [
    authModule(config),
    PersistenceModule.forRoot({ name: 'payments', config }),
    MessagingModule.forRoot({ service: 'payments', config }),
  ],
  controllers: [PaymentsConsumer, PaymentsController, WebhookController],
  providers: [
    { provide: paymentsSettings, useValue: config },
    ...adapters,
    PaymentRows,
    CallRows,
    CallGauges,
    Reports,
    CallWorker,
    Reconcile,
    ReconcileJob,
    ReadPayment,
  ],
});
