import { newId } from '@shop/contracts';
import { Problem } from '@shop/service-kit';
import { keyProblems, paymentProblems } from '../psp-sandbox.errors.ts';
import type { Journal } from './journal.ts';
import { declineOf } from './outcome-of-token.ts';
import type { Authorise, Operation, Payment, PaymentState } from './payment.ts';

/** A payment after a change, or a key under which nothing may ever happen. */
export type JournalLine = { payment: Payment } | { cancelledKey: string };

export interface BookOptions {
  journal: Journal<JournalLine>;
  authorisationTtlMs: number;
  /** Told about each change of a payment. */
  changed?: (payment: Payment) => void;
  now?: () => number;
}

/**
 * All payments. Every operation is synchronous, so each happens wholly or not at all, and a key is taken in the moment of its effect:
 * however often and however concurrently a request is repeated, one payment shows one effect.
 */
export class Book {
  private readonly payments: Payment[] = [];
  private readonly byId = new Map<string, Payment>();
  private readonly byKey = new Map<string, Payment>();
  private readonly cancelledKeys = new Set<string>();
  private readonly now: () => number;
  /** All payments before this position have expired or ended: they are authorised in order, so they expire in order. */
  private unexpired = 0;

  constructor(private readonly options: BookOptions) {
    this.now = options.now ?? Date.now;
    for (const line of options.journal.replay()) {
      if ('payment' in line) this.remember(line.payment);
      else this.cancelledKeys.add(line.cancelledKey);
    }
  }

  authorise(key: string, request: Authorise): Payment {
    const known = this.under(key);
    if (known) return sameRequest(known, key, request);
    if (this.cancelledKeys.has(key)) throw new Problem(paymentProblems.keyCancelled);
    const { reference, amount, token } = request;
    const decline = declineOf(token);
    const outcome = decline
      ? { state: 'declined' as const, decline }
      : { state: 'authorised' as const, authorisedAt: this.now() };
    return this.record({ id: newId(), reference, amount, token, keys: { authorise: key }, ...outcome });
  }

  capture(key: string, id: string): Payment {
    return this.once(key, id, 'capture', (payment) => {
      if (payment.expired) throw new Problem(paymentProblems.authorisationExpired);
      if (payment.state !== 'authorised') throw new Problem(paymentProblems.notCapturable);
      return { state: 'captured', capturedAt: this.now() };
    });
  }

  void(key: string, id: string): Payment {
    return this.once(key, id, 'void', (payment) => {
      if (payment.state !== 'authorised') throw new Problem(paymentProblems.notVoidable);
      return { state: 'voided' };
    });
  }

  refund(key: string, id: string): Payment {
    return this.once(key, id, 'refund', (payment) => {
      if (payment.state !== 'captured') throw new Problem(paymentProblems.notRefundable);
      return { state: 'refunded', refundedAt: this.now() };
    });
  }

  /** Undoes the payment that began under the key; if none did, none ever will. Answers undefined in that case. */
  cancel(key: string): Payment | undefined {
    const payment = this.under(key);
    if (payment?.state === 'authorised') return this.record({ ...payment, state: 'voided' });
    if (payment?.state === 'captured')
      return this.record({ ...payment, state: 'refunded', refundedAt: this.now() });
    if (!payment && !this.cancelledKeys.has(key)) {
      this.cancelledKeys.add(key);
      this.options.journal.append({ cancelledKey: key });
    }
    return payment;
  }

  /** The payment that an operation under this key took effect on. */
  under(key: string): Payment | undefined {
    this.expire();
    return this.byKey.get(key);
  }

  find(id: string): Payment {
    this.expire();
    const payment = this.byId.get(id);
    if (!payment) throw new Problem(paymentProblems.notFound);
    return payment;
  }

  /** In the order in which they were made. */
  page(from: number, limit: number): Payment[] {
    this.expire();
    return this.payments.slice(from, from + limit);
  }

  /** Voids the authorisations that are too old to be captured. */
  expire(): void {
    const oldest = this.now() - this.options.authorisationTtlMs;
    for (; this.unexpired < this.payments.length; this.unexpired++) {
      const payment = this.payments[this.unexpired]!;
      if ((payment.authorisedAt ?? 0) > oldest) return;
      if (payment.state === 'authorised') this.record({ ...payment, state: 'voided', expired: true });
    }
  }

  private once(key: string, id: string, operation: Operation, effect: (payment: Payment) => Effect): Payment {
    const payment = this.find(id);
    if (payment.keys[operation] === key) return payment;
    if (this.byKey.has(key)) throw new Problem(keyProblems.reused);
    return this.record({ ...payment, ...effect(payment), keys: { ...payment.keys, [operation]: key } });
  }

  private record(payment: Payment): Payment {
    this.options.journal.append({ payment });
    this.options.changed?.(payment);
    return this.remember(payment);
  }

  private remember(payment: Payment): Payment {
    const known = this.byId.get(payment.id);
    // In place, so that position and keys go on pointing to it.
    const entry = known ? Object.assign(known, payment) : payment;
    if (!known) {
      this.payments.push(entry);
      this.byId.set(entry.id, entry);
    }
    for (const key of Object.values(entry.keys)) this.byKey.set(key, entry);
    return entry;
  }
}

type Effect = { state: PaymentState; capturedAt?: number; refundedAt?: number };

function sameRequest(payment: Payment, key: string, { reference, amount, token }: Authorise): Payment {
  const same =
    payment.keys.authorise === key &&
    payment.reference === reference &&
    payment.token === token &&
    payment.amount.amount === amount.amount &&
    payment.amount.currency === amount.currency;
  if (!same) throw new Problem(keyProblems.reused);
  return payment;
}
