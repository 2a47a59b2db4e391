import type Stripe from 'stripe';
import { outcomeOf, reasonOf } from '../outcome-of.ts';
import { NotSent, OutcomeUnknown } from '../payment-provider.ts';
import type { Operation } from './stripe-transport.ts';

/** By its shape, so that asking does not load the library. */
export const isStripeError = (error: unknown): error is Stripe.errors.StripeError =>
  error instanceof Error && 'rawType' in error && 'type' in error;

/** What an error means for the payment, when it is no answer. Only the first request can have been the one that was not sent. */
export function failureOf(error: unknown, { requests }: Operation): unknown {
  if (!isStripeError(error)) return error;
  if (error.type !== 'StripeConnectionError')
    return new OutcomeUnknown(error.code ?? `status ${error.statusCode}`, { cause: error });
  const cause: unknown = error.detail;
  const outcome = outcomeOf(cause);
  return outcome instanceof NotSent && requests > 1
    ? new OutcomeUnknown(reasonOf(cause), { cause })
    : outcome;
}
