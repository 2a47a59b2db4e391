import { z } from 'zod';
import { Id } from './id.ts';
import { defineMessage } from './message.ts';
import { Money } from './money.ts';
import { topics } from './topics.ts';

const key = (payload: { orderId: string }) => payload.orderId;
const command = { topic: topics.paymentsCommands, key };
const event = { topic: topics.paymentsEvents, key };
const outcome = z.object({ orderId: Id, paymentId: Id, amount: Money });
const refusal = z.object({ orderId: Id, code: z.string(), message: z.string() });

/** Hold the amount on the customer's payment method. `token` is the PSP's name for it, never a card number. */
export const AuthorisePayment = defineMessage({
  ...command,
  type: 'shop.payments.authorise-payment.v1',
  schema: z.object({ orderId: Id, amount: Money, token: z.string() }),
});

/** Take the money that was authorised. */
export const CapturePayment = defineMessage({
  ...command,
  type: 'shop.payments.capture-payment.v1',
  schema: z.object({ orderId: Id }),
});

/** Make sure nothing stays held or charged: voids an authorisation, refunds a capture, stops one that is under way. */
export const CancelPayment = defineMessage({
  ...command,
  type: 'shop.payments.cancel-payment.v1',
  schema: z.object({ orderId: Id }),
});

/** Give captured money back. */
export const RefundPayment = defineMessage({
  ...command,
  type: 'shop.payments.refund-payment.v1',
  schema: z.object({ orderId: Id }),
});

export const PaymentAuthorised = defineMessage({
  ...event,
  type: 'shop.payments.payment-authorised.v1',
  schema: outcome,
});

/** A business answer of the payment method's bank: `payment/declined`, `payment/insufficient-funds`, … */
export const PaymentDeclined = defineMessage({
  ...event,
  type: 'shop.payments.payment-declined.v1',
  schema: refusal,
});

export const PaymentCaptured = defineMessage({
  ...event,
  type: 'shop.payments.payment-captured.v1',
  schema: outcome,
});

/** The authorisation can no longer be captured: it expired or was voided. */
export const PaymentCaptureFailed = defineMessage({
  ...event,
  type: 'shop.payments.payment-capture-failed.v1',
  schema: refusal,
});

/** Nothing is held or charged any more, and nothing was. */
export const PaymentVoided = defineMessage({
  ...event,
  type: 'shop.payments.payment-voided.v1',
  schema: z.object({ orderId: Id }),
});

export const PaymentRefunded = defineMessage({
  ...event,
  type: 'shop.payments.payment-refunded.v1',
  schema: outcome,
});

/** One call to the PSP did not give an outcome; another follows after `retryInMs` milliseconds. */
export const PaymentAttemptFailed = defineMessage({
  ...event,
  type: 'shop.payments.payment-attempt-failed.v1',
  schema: z.object({
    orderId: Id,
    step: z.enum(['authorise', 'capture', 'void', 'refund']),
    attempt: z.int().positive(),
    reason: z.string(),
    retryInMs: z.int().nonnegative(),
  }),
});
