import type { Call, LedgerEntry, Payment } from '@shop/payments/parts';

export type PaymentRow = Payment & { updatedAt: number };

export interface CallRow extends Pick<
  Call,
  'id' | 'paymentId' | 'step' | 'version' | 'attempts' | 'uncertain'
> {
  state: 'open' | 'done';
  claimedBy: string | null;
  updatedAt: number;
}

/** The tables of payments in memory. */
export class PaymentTables {
  /** By order. */
  readonly payments = new Map<string, PaymentRow>();
  readonly calls: CallRow[] = [];
  /** Until when each worker is alive. */
  readonly workers = new Map<string, number>();
  /** By payment, kind and account. */
  readonly ledger = new Map<string, LedgerEntry>();

  payment(id: string): PaymentRow {
    for (const payment of this.payments.values()) if (payment.id === id) return payment;
    throw new Error(`there is no payment ${id}`);
  }

  openCallOf(paymentId: string): CallRow | undefined {
    return this.calls.find((call) => call.paymentId === paymentId && call.state === 'open');
  }

  openCalls(): CallRow[] {
    return this.calls.filter(({ state }) => state === 'open');
  }

  /** Opens a call; there must be none. */
  open(call: Pick<CallRow, 'paymentId' | 'step' | 'uncertain' | 'claimedBy' | 'updatedAt'>): CallRow {
    const id = String(this.calls.length + 1);
    const row: CallRow = { id, version: 1, attempts: 0, state: 'open', ...call };
    this.calls.push(row);
    return row;
  }

  /** The call with what it takes to make it. */
  toCall({ id, paymentId, step, version, attempts, uncertain }: CallRow): Call {
    const { orderId, provider, token, pspId, amount } = this.payment(paymentId);
    const made = { id, paymentId, step, version, attempts, uncertain, carrier: {} };
    return { ...made, orderId, provider, token, pspId, amount };
  }
}
