import type Stripe from 'stripe';
import type { PspPayment } from '../../model/payment.ts';
import { OutcomeUnknown } from '../payment-provider.ts';
import { isUnderWay, refundOpen } from './stripe-refund.ts';
import { declineOf, refusals } from './stripe-refusals.ts';

/** What a PaymentIntent says about the payment; undefined when it was never confirmed, so that nothing has happened. */
export function seenIn(intent: Stripe.PaymentIntent): PspPayment | undefined {
  const { id, status, last_payment_error: failure } = intent;
  switch (status) {
    case 'requires_capture':
      return { id, state: 'authorised' };
    case 'succeeded':
      return { id, state: isRefunded(intent) ? 'refunded' : 'captured' };
    case 'canceled':
      return { id, state: 'voided', ...(lapsed(intent) && { refusal: refusals.expired }) };
    case 'requires_action':
      return { id, state: 'declined', refusal: refusals.authenticationRequired };
    case 'requires_payment_method':
      return failure ? { id, state: 'declined', refusal: declineOf(failure) } : undefined;
    case 'requires_confirmation':
      return undefined;
    default:
      throw new OutcomeUnknown(`still ${status}`);
  }
}

/** Only an expanded charge tells; asked for wherever a captured payment may be met. Its flag is set by a refund that has not arrived, too. */
function isRefunded({ latest_charge: charge }: Stripe.PaymentIntent): boolean {
  if (typeof charge !== 'object' || !charge) return false;
  const refunds = charge.refunds?.data ?? [];
  const open = refunds.find(isUnderWay);
  if (open) throw refundOpen(open);
  const arrived = refunds.filter(({ status }) => status === 'succeeded');
  return arrived.reduce((sum, { amount }) => sum + amount, 0) >= charge.amount;
}

const lapsed = ({ cancellation_reason: reason }: Stripe.PaymentIntent): boolean =>
  reason === 'automatic' || reason === 'expired';
