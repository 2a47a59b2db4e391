import type { DynamicModule } from '@nestjs/common';
import { ShutdownSequence } from '@shop/service-kit';
import { BookController } from './book/book.controller.ts';
import { Book, type JournalLine } from './book/book.ts';
import { Journal } from './book/journal.ts';
import { FaultsController } from './payments/faults.controller.ts';
import { PaymentsController } from './payments/payments.controller.ts';
import { Temper } from './payments/temper.ts';
import { pspSettings, type PspSandboxConfig } from './psp-sandbox.config.ts';
import { Webhooks } from './webhooks/webhooks.ts';

class PspSandboxModule {}

const sweepMs = 1_000;

export const pspSandboxModule = (config: PspSandboxConfig): DynamicModule => ({
  module: PspSandboxModule,
  controllers: [BookController, PaymentsController, FaultsController],
  providers: [{ provide: pspSettings, useValue: config }, Temper, Webhooks, book],
});

const book = {
  provide: Book,
  inject: [pspSettings, Webhooks, ShutdownSequence],
  useFactory: (config: PspSandboxConfig, webhooks: Webhooks, shutdown: ShutdownSequence) => {
    const journal = new Journal<JournalLine>(config.PSP_DATA);
    const authorisationTtlMs = config.PSP_AUTHORISATION_TTL_MS;
    const opened = new Book({
      journal,
      authorisationTtlMs,
      changed: (payment) => webhooks.announce(payment),
    });
    // Each operation looks first; the sweep is for those whom a webhook tells.
    const sweep = setInterval(() => opened.expire(), sweepMs).unref();
    shutdown.add('database', 'book', async () => {
      clearInterval(sweep);
      journal.close();
    });
    return opened;
  },
};
