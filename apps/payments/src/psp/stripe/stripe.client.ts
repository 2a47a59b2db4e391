import type Stripe from 'stripe';
import type { PspPayment } from '../../model/payment.ts';
import {
  OutcomeUnknown,
  PaymentProvider,
  type Authorisation,
  type Cancellation,
  type PaymentRef,
} from '../payment-provider.ts';
import { stripeAmount } from './stripe-amount.ts';
import { failureOf, isStripeError } from './stripe-failure.ts';
import { seenIn } from './stripe-payment.ts';
import { refundOpen } from './stripe-refund.ts';
import { declinedBy, refusals } from './stripe-refusals.ts';
import { authorisationTerms, keyOf, refundTerms, termsOf } from './stripe-terms.ts';
import type { Operation, StripeTransport } from './stripe-transport.ts';

type Intent = Stripe.PaymentIntent;

/** Stripe keeps a key for at least 24 hours; an hour is left for clocks. */
const keyLifeMs = 23 * 3_600_000;
const expand = ['latest_charge.refunds'];

/** Stripe: a PaymentIntent with manual capture for each payment. See docs/payments-providers.md for how an unknown outcome is cleared up. */
export class StripeClient extends PaymentProvider {
  constructor(
    private readonly stripe: Stripe,
    private readonly transport: StripeTransport,
    private readonly now = Date.now,
  ) {
    super();
  }

  authorise(payment: Authorisation, signal: AbortSignal): Promise<PspPayment> {
    return this.asking(signal, () => this.begin(payment));
  }

  capture(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.asking(signal, () =>
      this.change(payment, async () =>
        seenIn(await this.stripe.paymentIntents.capture(idOf(payment), {}, keyOf(payment, 'capture'))),
      ),
    );
  }

  refund(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.asking(signal, () => this.giveBack(payment));
  }

  cancel(payment: Cancellation, signal: AbortSignal): Promise<PspPayment> {
    return this.asking(signal, async () => {
      const begun = payment.pspId ? await this.retrieve(payment.pspId) : await this.claim(payment);
      if (!('status' in begun)) return this.undo(payment, begun);
      return this.undo(payment, seenIn(begun) ?? { id: begun.id, state: 'authorised' });
    });
  }

  /**
   * By id. Before that is known the key is the only sure way: what Stripe's search finds may be an hour late, so it is asked only when the
   * key may be forgotten.
   */
  find(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment | undefined> {
    return this.asking(signal, async () => {
      const intent = payment.pspId
        ? await this.retrieve(payment.pspId)
        : this.isKeyOld(payment)
          ? await this.search(payment)
          : undefined;
      return intent && seenIn(intent);
    });
  }

  /** The authorisation, or under a key that was used already what became of it. */
  private async begin(payment: Authorisation): Promise<PspPayment> {
    const amount = stripeAmount(payment.amount);
    if (amount === undefined) return { state: 'declined', refusal: refusals.amount };
    try {
      const terms = authorisationTerms(payment, amount);
      const intent = await this.stripe.paymentIntents.create(terms, keyOf(payment, 'authorise'));
      // Not supposed to come, as it is to be an error. Nobody must be able to complete it later.
      if (intent.status === 'requires_action') await this.withdraw(payment, intent.id);
      return known(seenIn(intent));
    } catch (error) {
      return (isStripeError(error) && declinedBy(error)) || this.lookUp(payment, amount, error);
    }
  }

  /**
   * Takes the key of the authorisation with a PaymentIntent that nobody confirms, so that no money is held to find out. Where the key is
   * taken, the authorisation came first, and repeating it tells what became of it.
   */
  private async claim(payment: Cancellation): Promise<Intent | PspPayment> {
    const found = this.isKeyOld(payment) ? await this.search(payment) : undefined;
    if (found) return found;
    const { token, amount: money } = payment;
    if (!money || !token) throw new OutcomeUnknown('nothing to ask by');
    const amount = stripeAmount(money);
    if (amount === undefined) return { state: 'voided' };
    try {
      return await this.stripe.paymentIntents.create(termsOf(payment, amount), keyOf(payment, 'authorise'));
    } catch (error) {
      if (!isStripeError(error)) throw error;
      if (error.type === 'StripeIdempotencyError') return this.begin({ ...payment, amount: money, token });
      // Refused for its amount, as the authorisation was or will be.
      if (declinedBy(error)) return { state: 'voided' };
      throw error;
    }
  }

  /** What a key answers is how the payment stood at first, so one that cannot be withdrawn any more may have been captured since. */
  private async undo(payment: PaymentRef, seen: PspPayment): Promise<PspPayment> {
    const now = seen.state === 'authorised' ? await this.withdraw(payment, seen.id!) : seen;
    return now.state === 'captured' ? this.giveBack({ ...payment, pspId: now.id! }) : now;
  }

  private withdraw(payment: PaymentRef, pspId: string): Promise<PspPayment> {
    return this.change({ ...payment, pspId }, async () =>
      seenIn(await this.stripe.paymentIntents.cancel(pspId, {}, keyOf(payment, 'void'))),
    );
  }

  private giveBack(payment: PaymentRef): Promise<PspPayment> {
    const id = idOf(payment);
    return this.change(payment, async () => {
      const terms = refundTerms(payment, id);
      const { refunds } = this.stripe;
      const first = await refunds.create(terms, keyOf(payment, 'refund'));
      // A key answers how the refund stood at first.
      const refund = first.status === 'succeeded' ? first : await refunds.retrieve(first.id);
      if (refund.status !== 'succeeded') throw refundOpen(refund);
      return { id, state: 'refunded' };
    });
  }

  /** Where a payment is not in the state that a step needs, the one it is in answers the question. */
  private async change(
    payment: PaymentRef,
    step: () => Promise<PspPayment | undefined>,
  ): Promise<PspPayment> {
    try {
      return known(await step());
    } catch (error) {
      if (!isStripeError(error) || ![400, 402, 404].includes(error.statusCode ?? 0)) throw error;
      const refusal = { code: 'payment/refused-by-provider', message: 'The provider refuses this step' };
      return { refusal, ...known(seenIn(await this.retrieve(idOf(payment)))) };
    }
  }

  /**
   * For when the key gives no answer: its first answer was a 5xx, which Stripe repeats, or an earlier release used it with other terms. Stripe
   * clears such payments up by itself, and search shows them some time later.
   */
  private async lookUp(payment: Authorisation, amount: number, error: unknown): Promise<PspPayment> {
    const isMute =
      isStripeError(error) && (error.type === 'StripeIdempotencyError' || (error.statusCode ?? 0) >= 500);
    const found = isMute ? await this.search(payment) : undefined;
    if (found?.amount !== amount || found.currency !== payment.amount.currency.toLowerCase()) throw error;
    return known(seenIn(found));
  }

  private async search({ paymentId }: PaymentRef): Promise<Intent | undefined> {
    const query = `metadata['payment_id']:'${paymentId}'`;
    const [hit] = (await this.stripe.paymentIntents.search({ query, limit: 1 })).data;
    return hit && this.retrieve(hit.id);
  }

  private retrieve(pspId: string): Promise<Intent> {
    return this.stripe.paymentIntents.retrieve(pspId, { expand });
  }

  /** Our ids are UUIDv7: they tell when the payment began, and no key of it is older. */
  private isKeyOld({ paymentId }: PaymentRef): boolean {
    const bornAt = Number.parseInt(paymentId.replaceAll('-', '').slice(0, 12), 16);
    return this.now() - bornAt > keyLifeMs;
  }

  private async asking<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const operation: Operation = { signal, requests: 0 };
    try {
      return await this.transport.within(operation, work);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, operation);
    }
  }
}

function idOf({ pspId, paymentId }: PaymentRef): string {
  if (!pspId) throw new Error(`payment ${paymentId} has no PaymentIntent`);
  return pspId;
}

function known(seen: PspPayment | undefined): PspPayment {
  if (!seen) throw new OutcomeUnknown('not confirmed');
  return seen;
}
