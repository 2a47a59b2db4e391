import type Stripe from 'stripe';
import { OutcomeUnknown } from '../payment-provider.ts';

/** A refund that is not there at once takes hours or days; a webhook tells when it has ended. */
const retryInMs = 600_000;

/** Whether it may still arrive, or fail. */
export const isUnderWay = ({ status }: Stripe.Refund): boolean =>
  status === 'pending' || status === 'requires_action';

/** For a refund that has not arrived: the payment is not refunded, and what is the matter is told on the order's timeline. */
export const refundOpen = ({ status }: Stripe.Refund): OutcomeUnknown =>
  new OutcomeUnknown(`refund ${status}`, { retryInMs });
