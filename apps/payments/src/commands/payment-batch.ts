import { newId, type Money } from '@shop/contracts';
import type { Answer, Command, Step } from '../model/moves.ts';
import { moveOn, type Payment } from '../model/payment.ts';

/** A payment that a batch made or moved. */
export interface Changed {
  payment: Payment;
  /** Whether the database has it already. */
  known: boolean;
  /** The call to make, instead of any that is open. */
  step: Step | null;
  carrier: Record<string, string>;
}

export interface Ordered {
  orderId: string;
  amount?: Money;
  token?: string;
}

/** The payments of a batch of commands, carried out in memory, in order. */
export class PaymentBatch {
  private readonly payments: Map<string, Payment>;
  private readonly known: ReadonlySet<string>;
  private readonly changed = new Map<string, Changed>();

  /** New payments are `provider`'s. */
  constructor(
    locked: readonly Payment[],
    private readonly provider: string,
  ) {
    this.payments = new Map(locked.map((payment) => [payment.orderId, payment]));
    this.known = new Set(this.payments.keys());
  }

  /** Throws WrongCommand for a command that no saga sends in the payment's state. */
  carryOut(
    command: Command,
    ordered: Ordered,
    carrier: Record<string, string>,
  ): { payment: Payment; say?: Answer } {
    const { orderId } = ordered;
    const before = this.payments.get(orderId);
    const { to, call, say } = moveOn(before?.state, command);
    const payment = { ...(before ?? created(ordered, this.provider)), ...(to && { state: to }) };
    if (to) {
      this.payments.set(orderId, payment);
      this.changed.set(orderId, { payment, known: this.known.has(orderId), step: call ?? null, carrier });
    }
    return { payment, say };
  }

  changes(): Changed[] {
    return [...this.changed.values()];
  }
}

function created({ orderId, amount, token }: Ordered, provider: string): Payment {
  const state = 'AUTHORISING';
  return {
    id: newId(),
    orderId,
    provider,
    state,
    amount: amount ?? null,
    token: token ?? null,
    pspId: null,
    refusal: null,
  };
}
