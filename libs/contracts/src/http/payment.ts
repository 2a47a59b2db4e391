import { z } from 'zod';
import { Id } from '../id.ts';
import { Money } from '../money.ts';
import { Reason } from './order.ts';

export const PaymentState = z.enum([
  'AUTHORISING',
  'AUTHORISED',
  'DECLINED',
  'CAPTURING',
  'CAPTURED',
  'CANCELLING',
  'VOIDED',
  'REFUNDING',
  'REFUNDED',
]);

const Entry = z.strictObject({
  kind: z.enum(['capture', 'refund']),
  account: z.enum(['psp', 'sales']),
  amount: z.int(),
  currency: z.string(),
});

/** The payment of an order and what was booked for it. */
export const PaymentWithLedger = z
  .strictObject({
    id: z.string(),
    orderId: Id,
    /** Where it began, and where it stays. */
    provider: z.string(),
    state: PaymentState,
    amount: Money.nullable(),
    pspId: z.string().nullable(),
    refusal: Reason.nullable(),
    ledger: z.array(Entry),
  })
  .meta({ id: 'PaymentWithLedger' });
export type PaymentWithLedger = z.output<typeof PaymentWithLedger>;
