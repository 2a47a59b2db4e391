import type { Money } from '@shop/contracts';
import type { PspPayment } from '../model/payment.ts';

/** What identifies a payment to the provider: keys are made of our id, `<payment id>:<step>`. */
export interface PaymentRef {
  /** Where it began, and where it stays. */
  provider: string;
  paymentId: string;
  orderId: string;
  pspId: string | null;
}

export interface Authorisation extends PaymentRef {
  amount: Money;
  token: string;
}

/** A payment that is to be undone; an adapter may need the authorisation's terms to find out what became of it. */
export interface Cancellation extends PaymentRef {
  amount: Money | null;
  token: string | null;
}

/**
 * A payment provider. Each operation carries its key, so that repeating it has no second effect; a decline or a lapsed authorisation
 * is an answer, not an error. What is thrown leaves the outcome open, unless it is {@link NotSent}.
 */
export abstract class PaymentProvider {
  abstract authorise(payment: Authorisation, signal: AbortSignal): Promise<PspPayment>;
  abstract capture(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment>;
  abstract refund(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment>;

  /**
   * Undoes whatever happened under the key of the authorisation, and makes sure that nothing ever will. Looking and then voiding is not
   * enough: an authorisation that hangs in the network can still arrive after the look. Only the provider can rule that out, because there
   * the key decides. An adapter for a provider without such an operation takes the key itself, with a request that moves no money; where
   * the key is taken already, it repeats the authorisation to learn the outcome, and voids or refunds that.
   */
  abstract cancel(payment: Cancellation, signal: AbortSignal): Promise<PspPayment>;

  /**
   * What became of the payment, asked by the key of its authorisation; undefined if nothing (yet), or if the provider only tells when the
   * authorisation is repeated under its key.
   */
  abstract find(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment | undefined>;
}

/** The provider has not seen the call. `reason` is for the order's timeline. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** Whether the provider has acted is not known, or it has not yet ended what it began. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  /** When to ask again, where that is known to take long. */
  readonly retryInMs?: number;

  constructor(message: string, { retryInMs, ...options }: ErrorOptions & { retryInMs?: number } = {}) {
    super(message, options);
    this.retryInMs = retryInMs;
  }
}
