import { z } from 'zod';
import { OrderLine, Reason } from './http/order.ts';
import { Id } from './id.ts';
import { defineMessage } from './message.ts';
import { Money } from './money.ts';
import { topics } from './topics.ts';

const event = { topic: topics.ordersEvents, key: (payload: { orderId: string }) => payload.orderId };
const order = z.object({
  orderId: Id,
  customerId: z.string(),
  lines: z.array(OrderLine.loose()),
  total: Money,
});
const ended = order.extend({ reason: Reason.loose() });

export const OrderConfirmed = defineMessage({
  ...event,
  type: 'shop.orders.order-confirmed.v1',
  schema: order,
});
export const OrderRejected = defineMessage({
  ...event,
  type: 'shop.orders.order-rejected.v1',
  schema: ended,
});
export const OrderCancelled = defineMessage({
  ...event,
  type: 'shop.orders.order-cancelled.v1',
  schema: ended,
});
export const OrderRefunded = defineMessage({
  ...event,
  type: 'shop.orders.order-refunded.v1',
  schema: order,
});
