import type Stripe from 'stripe';
import type { Authorisation, Cancellation, PaymentRef } from '../payment-provider.ts';

/** A PaymentIntent that holds nothing until somebody confirms it. What it is about travels with it, for search and for webhooks. */
export const termsOf = (
  { paymentId, orderId, amount: money }: Cancellation,
  amount: number,
): Stripe.PaymentIntentCreateParams => ({
  amount,
  currency: money!.currency.toLowerCase(),
  capture_method: 'manual',
  allowed_payment_method_types: ['card'],
  metadata: { payment_id: paymentId, order_id: orderId },
});

/** The same, confirmed at once. A bank that wants to see the cardholder declines: an order is paid when nobody is there any more. */
export const authorisationTerms = (
  payment: Authorisation,
  amount: number,
): Stripe.PaymentIntentCreateParams => ({
  ...termsOf(payment, amount),
  payment_method: payment.token,
  confirm: true,
  error_on_requires_action: true,
});

export const refundTerms = (
  { paymentId, orderId }: PaymentRef,
  payment_intent: string,
): Stripe.RefundCreateParams => ({
  payment_intent,
  metadata: { payment_id: paymentId, order_id: orderId },
});

export const keyOf = ({ paymentId }: PaymentRef, step: string): Stripe.RequestOptions => ({
  idempotencyKey: `${paymentId}:${step}`,
});
