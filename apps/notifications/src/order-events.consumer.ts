import {
  OrderCancelled,
  OrderConfirmed,
  OrderRefunded,
  OrderRejected,
  type PayloadOf,
} from '@shop/contracts';
import { Consumer, Handles, type MessageContext } from '@shop/messaging';
import { Notifier } from './notifier.ts';

@Consumer()
export class OrderEventsConsumer {
  constructor(private readonly notifier: Notifier) {}

  @Handles(OrderConfirmed)
  confirmed(
    payload: PayloadOf<typeof OrderConfirmed>,
    { delivery: { id, time } }: MessageContext,
  ): Promise<void> {
    return this.notifier.notify({ id, time, type: OrderConfirmed.type, payload });
  }

  @Handles(OrderRejected)
  rejected(
    payload: PayloadOf<typeof OrderRejected>,
    { delivery: { id, time } }: MessageContext,
  ): Promise<void> {
    return this.notifier.notify({ id, time, type: OrderRejected.type, payload });
  }

  @Handles(OrderCancelled)
  cancelled(
    payload: PayloadOf<typeof OrderCancelled>,
    { delivery: { id, time } }: MessageContext,
  ): Promise<void> {
    return this.notifier.notify({ id, time, type: OrderCancelled.type, payload });
  }

  @Handles(OrderRefunded)
  refunded(
    payload: PayloadOf<typeof OrderRefunded>,
    { delivery: { id, time } }: MessageContext,
  ): Promise<void> {
    return this.notifier.notify({ id, time, type: OrderRefunded.type, payload });
  }
}
