import type Stripe from 'stripe';
import type { PspPayment, Refusal } from '../../model/payment.ts';

/** In our words: Stripe's are for developers, and must not say when a card was reported stolen. */
export const refusals = {
  declined: { code: 'payment/declined', message: 'The card was declined' },
  insufficientFunds: {
    code: 'payment/insufficient-funds',
    message: 'The account does not hold enough',
  },
  authenticationRequired: {
    code: 'payment/authentication-required',
    message: 'The bank asks the cardholder to confirm, and nobody is there to do so when an order is paid',
  },
  unknownToken: { code: 'payment/unknown-token', message: 'The payment method is not known' },
  amount: { code: 'payment/amount-refused', message: 'The payment provider does not take such an amount' },
  expired: { code: 'payment/authorisation-expired', message: 'The authorisation has expired' },
} as const satisfies Record<string, Refusal>;

const needsCardholder = new Set([
  'authentication_required',
  'authentication_not_handled',
  'requires_action_not_handled',
]);
const badAmounts = new Set(['amount_too_small', 'amount_too_large', 'invalid_charge_amount']);

interface Declined {
  code?: string | null;
  decline_code?: string | null;
}

/** Why the bank, or Stripe for it, declined. */
export function declineOf({ code, decline_code: reason }: Declined): Refusal {
  if (needsCardholder.has(code ?? '') || needsCardholder.has(reason ?? ''))
    return refusals.authenticationRequired;
  return reason === 'insufficient_funds' ? refusals.insufficientFunds : refusals.declined;
}

/** The payment that an error of Stripe is an answer about, rather than a failure: undefined for any other error. */
export function declinedBy(error: Stripe.errors.StripeError): PspPayment | undefined {
  const { code, param = '' } = error;
  if (error.type === 'StripeCardError' || needsCardholder.has(code ?? ''))
    return { id: error.payment_intent?.id, state: 'declined', refusal: declineOf(error) };
  if (error.type !== 'StripeInvalidRequestError') return undefined;
  if (code === 'resource_missing' && param === 'payment_method')
    return { state: 'declined', refusal: refusals.unknownToken };
  if (badAmounts.has(code ?? '')) return { state: 'declined', refusal: refusals.amount };
  return undefined;
}
