import type { OrderConfirmed, PayloadOf } from '@shop/contracts';

type Order = PayloadOf<typeof OrderConfirmed>;

/** What an invoice or a credit note says. It follows from the event alone, so that the same event always makes the same document. */
export interface Invoice {
  /** Where it is kept. One order has one of each kind. */
  name: string;
  title: string;
  number: string;
  /** When the order was confirmed or refunded, not when this was written. */
  date: Date;
  /** What the amounts mean. */
  note: string;
  order: Order;
}

/** The invoice of a confirmed order: it is paid already. */
export const invoiceOf = (order: Order, date: Date): Invoice => ({
  name: `invoices/${order.orderId}.pdf`,
  title: 'Invoice',
  number: invoiceNumber(order),
  date,
  note: 'Paid with your order. Thank you.',
  order,
});

/** Takes back the invoice of an order that is refunded; only a confirmed one can be. */
export const creditNoteOf = (order: Order, date: Date): Invoice => ({
  name: `credit-notes/${order.orderId}.pdf`,
  title: 'Credit note',
  number: `CN-${order.orderId}`,
  date,
  note: `Takes back invoice ${invoiceNumber(order)}. The total has been returned to you.`,
  order,
});

// Unique without a database, but not consecutive (ADR 26).
const invoiceNumber = ({ orderId }: Order): string => `INV-${orderId}`;
