import { z } from 'zod';
import { Id } from '../id.ts';
import { Money } from '../money.ts';
import { page, pageQuery, Timestamp } from './page.ts';
import { line } from './text.ts';

export const OrderStatus = z.enum(['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'REFUNDED']);
export type OrderStatus = z.output<typeof OrderStatus>;

/** Why an order ended as it did: `code` is stable (`stock/insufficient`, `payment/declined`, …), `message` is for people. */
export const Reason = z.strictObject({ code: z.string(), message: z.string() }).meta({ id: 'Reason' });
export type Reason = z.output<typeof Reason>;

export const OrderLine = z
  .strictObject({
    productId: Id,
    sku: z.string(),
    name: z.string(),
    quantity: z.int().min(1),
    unitPrice: Money,
    lineTotal: Money,
  })
  .meta({ id: 'OrderLine' });
export type OrderLine = z.output<typeof OrderLine>;

export const Order = z
  .strictObject({
    id: Id,
    status: OrderStatus,
    lines: z.array(OrderLine),
    total: Money,
    reason: Reason.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof Order>;

export const ShippingAddress = z
  .strictObject({
    name: line(200),
    street: line(200),
    city: line(100),
    postalCode: line(20),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as DE'),
  })
  .meta({ id: 'ShippingAddress' });
export type ShippingAddress = z.output<typeof ShippingAddress>;

const aToken = 'must be a token of the payment provider, never a card number';

export const PlaceOrder = z
  .strictObject({
    lines: z
      .array(z.strictObject({ productId: Id, quantity: z.int().min(1).max(99) }))
      .min(1)
      .max(50),
    /** The PSP's token for a payment method. A card number is refused: it must never enter the system. */
    paymentToken: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{2,99}$/, { error: aToken, abort: true })
      // Also not inside of one: 13 digits are the shortest number of a card (ISO/IEC 7812).
      .refine((token) => !/\d{13}/.test(token), aToken),
    shippingAddress: ShippingAddress,
  })
  .meta({ id: 'PlaceOrder' });
export type PlaceOrder = z.output<typeof PlaceOrder>;

export const OrderQuery = pageQuery.extend({ status: OrderStatus.optional() });
export type OrderQuery = z.output<typeof OrderQuery>;
export const OrderPage = page(Order).meta({ id: 'OrderPage' });

/** One step of an order's life: a state change, command, reply, retry or compensation. `seq` counts from 1 without gaps. */
export const TimelineEntry = z
  .strictObject({
    seq: z.int().positive(),
    at: Timestamp,
    service: z.string(),
    type: z.string(),
    detail: z.record(z.string(), z.unknown()),
    traceId: z.string(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.output<typeof TimelineEntry>;
export const Timeline = z.strictObject({ items: z.array(TimelineEntry) }).meta({ id: 'Timeline' });

export const isFinal = (status: OrderStatus): boolean => status !== 'PENDING';
