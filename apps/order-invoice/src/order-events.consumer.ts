import { OrderConfirmed, OrderRefunded, type PayloadOf } from '@shop/contracts';
import { Consumer, Handles, type MessageContext } from '@shop/messaging';
import { creditNoteOf, invoiceOf } from './invoice.ts';
import { Invoicing } from './invoicing.ts';

@Consumer()
export class OrderEventsConsumer {
  constructor(private readonly invoicing: Invoicing) {}

  @Handles(OrderConfirmed)
  confirmed(order: PayloadOf<typeof OrderConfirmed>, { delivery }: MessageContext): Promise<void> {
    return this.invoicing.issue(invoiceOf(order, delivery.time));
  }

  @Handles(OrderRefunded)
  refunded(order: PayloadOf<typeof OrderRefunded>, { delivery }: MessageContext): Promise<void> {
    return this.invoicing.issue(creditNoteOf(order, delivery.time));
  }
}
