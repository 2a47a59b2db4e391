import type { State } from './moves.ts';
import type { Payment } from './payment.ts';

export interface LedgerEntry {
  paymentId: string;
  kind: 'capture' | 'refund';
  account: 'psp' | 'sales';
  /** Signed, in minor units. */
  amount: number;
  currency: string;
}

/** What a state implies has been booked. A capture that only shows once it is refunded is booked then, with its refund. */
const booked: Partial<Record<State, LedgerEntry['kind'][]>> = {
  CAPTURED: ['capture'],
  REFUNDED: ['capture', 'refund'],
};

/** Double entry: what the provider owes us, against what we sold. Each kind is booked once per payment and sums to zero. */
export function entriesOf({ id, state, amount: money }: Payment): LedgerEntry[] {
  if (!money) return [];
  return (booked[state] ?? []).flatMap((kind) => {
    const amount = kind === 'capture' ? money.amount : -money.amount;
    const entry = { paymentId: id, kind, currency: money.currency };
    return [
      { ...entry, account: 'psp' as const, amount },
      { ...entry, account: 'sales' as const, amount: -amount },
    ];
  });
}
