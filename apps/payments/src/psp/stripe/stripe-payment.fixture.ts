import { newId } from '@shop/contracts';
import type { Authorisation } from '../payment-provider.ts';

/** A payment that Stripe accepts, and has not heard of yet. */
export const aPayment = (change: Partial<Authorisation> = {}): Authorisation => ({
  provider: 'stripe',
  paymentId: newId(),
  orderId: newId(),
  pspId: null,
  amount: { amount: 1999, currency: 'EUR' },
  token: 'pm_card_visa',
  ...change,
});
