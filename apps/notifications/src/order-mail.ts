import {
  moneyText,
  OrderCancelled,
  OrderConfirmed,
  OrderRefunded,
  OrderRejected,
  type PayloadOf,
} from '@shop/contracts';
import type { Mail } from './mail.ts';

/** What happened to an order, however it was heard of. */
export type OrderEvent = { id: string; time: Date } & (
  | { type: typeof OrderConfirmed.type; payload: PayloadOf<typeof OrderConfirmed> }
  | { type: typeof OrderRejected.type; payload: PayloadOf<typeof OrderRejected> }
  | { type: typeof OrderCancelled.type; payload: PayloadOf<typeof OrderCancelled> }
  | { type: typeof OrderRefunded.type; payload: PayloadOf<typeof OrderRefunded> }
);
type Order = OrderEvent['payload'];

/** The e-mail that tells a customer what happened. */
export function orderMail(event: OrderEvent, to: string): Mail {
  const { title, news } = letter(event);
  const { orderId, lines, total } = event.payload;
  const text = [
    'Hello,',
    news,
    `Order ${orderId}`,
    [...lines.map(lineText), `Total: ${moneyText(total)}`].join('\n'),
    'Your shop',
  ].join('\n\n');
  return {
    id: event.id,
    date: event.time,
    orderId,
    to,
    subject: `${title} (order ${orderId})`,
    text: `${text}\n`,
  };
}

function letter(event: OrderEvent): { title: string; news: string } {
  switch (event.type) {
    case OrderConfirmed.type:
      return {
        title: 'Your order is confirmed',
        news: 'Thank you for your order. It is paid and on its way to you soon.',
      };
    case OrderRejected.type:
      return {
        title: 'We could not complete your order',
        news: `Unfortunately: ${reason(event.payload)}\nYou have not been charged.`,
      };
    case OrderCancelled.type:
      return {
        title: 'Your order is cancelled',
        news: `${reason(event.payload)}\nYou have not been charged.`,
      };
    case OrderRefunded.type:
      return {
        title: 'Your order is refunded',
        news: `We have returned ${moneyText(event.payload.total)} to you.`,
      };
  }
}

const reason = ({ reason: { message } }: PayloadOf<typeof OrderRejected>): string =>
  /[.!?]$/.test(message) ? message : `${message}.`;

const lineText = ({ quantity, name, sku, unitPrice, lineTotal }: Order['lines'][number]): string =>
  `${quantity} x ${name} (${sku}) at ${moneyText(unitPrice)}: ${moneyText(lineTotal)}`;
