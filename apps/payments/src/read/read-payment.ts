import { Injectable } from '@nestjs/common';
import { Id, Money } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { z } from 'zod';
import { paymentColumns } from '../commands/payment-rows.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { onPspState, type State } from '../model/moves.ts';
import type { Payment } from '../model/payment.ts';
import { paymentProblems } from '../payments.errors.ts';

const Entry = z.strictObject({
  kind: z.enum(['capture', 'refund']),
  account: z.enum(['psp', 'sales']),
  amount: z.int(),
  currency: z.string(),
}) satisfies z.ZodType<Omit<LedgerEntry, 'paymentId'>>;

export const PaymentWithLedger = z
  .strictObject({
    id: z.string(),
    orderId: Id,
    state: z.enum(Object.keys(onPspState) as [State, ...State[]]),
    amount: Money.nullable(),
    pspId: z.string().nullable(),
    refusal: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    ledger: z.array(Entry),
  })
  .meta({ id: 'PaymentWithLedger' }) satisfies z.ZodType<Omit<Payment, 'token'>>;
export type PaymentWithLedger = z.output<typeof PaymentWithLedger>;

/** A payment and what was booked for it. */
@Injectable()
export class ReadPayment {
  constructor(private readonly database: Database) {}

  async of(orderId: string): Promise<PaymentWithLedger> {
    const [found] = await this.database.query<Payment>(
      `SELECT ${paymentColumns} FROM payments p WHERE p.order_id = $1`,
      [orderId],
    );
    if (!found) throw new Problem(paymentProblems.notFound);
    const { token: _, ...payment } = found;
    const ledger = await this.database.query<LedgerEntry>(
      `SELECT kind, account, amount::float8 AS amount, currency FROM ledger_entries WHERE payment_id = $1 ORDER BY kind, account`,
      [payment.id],
    );
    return { ...payment, ledger };
  }
}
