import { meter } from '@shop/tracing';
import type { Mailer } from './mail.ts';
import { orderMail, type OrderEvent } from './order-mail.ts';
import type { FindRecipient } from './recipient.ts';

/** The whole service as a function of one event; who calls it, a consumer or a serverless runtime, does not matter. */
export class Notifier {
  private readonly mails = meter('notifications').createCounter('shop.mails', {
    description: 'Mails, by whether they could be handed over',
    unit: '{mail}',
  });

  constructor(
    private readonly mailer: Mailer,
    private readonly findRecipient: FindRecipient,
  ) {
    for (const outcome of ['sent', 'failed']) this.mails.add(0, { outcome });
  }

  async notify(event: OrderEvent): Promise<void> {
    let outcome = 'failed';
    try {
      const to = await this.findRecipient(event.payload.customerId);
      await this.mailer.send(orderMail(event, to));
      outcome = 'sent';
    } finally {
      this.mails.add(1, { outcome });
    }
  }
}
