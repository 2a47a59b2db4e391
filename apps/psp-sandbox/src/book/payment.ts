import { Money, Timestamp } from '@shop/contracts';
import { z } from 'zod';

export const PaymentState = z.enum(['authorised', 'captured', 'voided', 'refunded', 'declined']);
export type PaymentState = z.output<typeof PaymentState>;
export type Operation = 'authorise' | 'capture' | 'void' | 'refund';

export const Authorise = z
  .strictObject({ reference: z.string().min(1).max(100), amount: Money, token: z.string().min(1).max(200) })
  .meta({ id: 'Authorise' });
export type Authorise = z.output<typeof Authorise>;

export const Decline = z.strictObject({ code: z.string(), message: z.string() }).meta({ id: 'Decline' });

/** A payment as anyone may see it; `reference` is the merchant's name for it. */
export const BookEntry = z
  .strictObject({
    id: z.string(),
    reference: z.string(),
    idempotencyKeys: z.array(z.string()),
    amount: Money,
    state: PaymentState,
    authorisedAt: Timestamp.nullable(),
    capturedAt: Timestamp.nullable(),
    refundedAt: Timestamp.nullable(),
  })
  .meta({ id: 'BookEntry' });
export type BookEntry = z.output<typeof BookEntry>;

/** What the merchant is told: also why a payment was declined. */
export const PaymentView = BookEntry.extend({ decline: Decline.nullable() }).meta({ id: 'PaymentView' });
export type PaymentView = z.output<typeof PaymentView>;

export const CancelledPayment = z
  .strictObject({ payment: PaymentView.nullable() })
  .meta({ id: 'CancelledPayment' });
export type CancelledPayment = z.output<typeof CancelledPayment>;

/** A payment as the book keeps it. Times are milliseconds since the epoch. */
export interface Payment extends Authorise {
  readonly id: string;
  /** The key of each operation that took effect. */
  readonly keys: Partial<Record<Operation, string>>;
  state: PaymentState;
  decline?: z.output<typeof Decline>;
  authorisedAt?: number;
  capturedAt?: number;
  refundedAt?: number;
  expired?: true;
}

export function bookEntry(payment: Payment): BookEntry {
  return {
    id: payment.id,
    reference: payment.reference,
    idempotencyKeys: Object.values(payment.keys),
    amount: payment.amount,
    state: payment.state,
    authorisedAt: iso(payment.authorisedAt),
    capturedAt: iso(payment.capturedAt),
    refundedAt: iso(payment.refundedAt),
  };
}

export const paymentView = (payment: Payment): PaymentView => ({
  ...bookEntry(payment),
  decline: payment.decline ?? null,
});

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
