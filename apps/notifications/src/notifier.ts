import type { Mailer } from './mail.ts';
import { orderMail, type OrderEvent } from './order-mail.ts';

/** The whole service as a function of one event; who calls it, a consumer or a serverless runtime, does not matter. */
export class Notifier {
  constructor(
    private readonly mailer: Mailer,
    private readonly toTemplate: string,
  ) {}

  notify(event: OrderEvent): Promise<void> {
    return this.mailer.send(orderMail(event, this.toTemplate));
  }
}
