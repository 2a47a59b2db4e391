import { Injectable } from '@nestjs/common';
import type { PaymentWithLedger } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { Problem } from '@shop/service-kit';
import { paymentColumns } from '../commands/payment-rows.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Payment } from '../model/payment.ts';
import { paymentProblems } from '../payments.errors.ts';

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
