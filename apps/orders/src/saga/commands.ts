import {
  AuthorisePayment,
  CancelPayment,
  CapturePayment,
  CommitStock,
  type MessageDefinition,
  OrderCancelled,
  OrderConfirmed,
  OrderRefunded,
  OrderRejected,
  type Reason,
  RefundPayment,
  ReleaseStock,
  ReserveStock,
} from '@shop/contracts';
import type { z } from 'zod';
import type { OrderRecord } from '../model/order-record.ts';
import type { Announcement, Command } from '../model/vocabulary.ts';

export type Publish = <D extends MessageDefinition>(definition: D, payload: z.input<D['schema']>) => void;

/** What each command of the table says. */
export const commands: Record<Command, (publish: Publish, order: OrderRecord) => void> = {
  ReserveStock: (publish, { id, lines }) =>
    publish(ReserveStock, {
      orderId: id,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
    }),
  CommitStock: (publish, { id }) => publish(CommitStock, { orderId: id }),
  ReleaseStock: (publish, { id }) => publish(ReleaseStock, { orderId: id }),
  AuthorisePayment: (publish, { id, total, paymentToken }) =>
    publish(AuthorisePayment, { orderId: id, amount: total, token: given(paymentToken, 'token') }),
  CapturePayment: (publish, { id }) => publish(CapturePayment, { orderId: id }),
  CancelPayment: (publish, { id }) => publish(CancelPayment, { orderId: id }),
  RefundPayment: (publish, { id }) => publish(RefundPayment, { orderId: id }),
};

/** What the world is told when an order reaches an end. */
export const announcements: Record<
  Announcement,
  (publish: Publish, order: OrderRecord, reason?: Reason) => void
> = {
  OrderConfirmed: (publish, order) => publish(OrderConfirmed, facts(order)),
  OrderRejected: (publish, order, reason) =>
    publish(OrderRejected, { ...facts(order), reason: given(reason, 'reason') }),
  OrderCancelled: (publish, order, reason) =>
    publish(OrderCancelled, { ...facts(order), reason: given(reason, 'reason') }),
  OrderRefunded: (publish, order) => publish(OrderRefunded, facts(order)),
};

const facts = ({ id, customerId, lines, total }: OrderRecord) => ({ orderId: id, customerId, lines, total });

function given<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined)
    throw new TypeError(`an order has no ${what} where it needs one`);
  return value;
}
