import type { HttpClient } from '@shop/resilience';
import Stripe from 'stripe';
import type { PaymentsConfig } from '../../payments.config.ts';
import type { Adapter } from '../providers.ts';
import { StripeClient } from './stripe.client.ts';
import { StripeTransport } from './stripe-transport.ts';
import { isSignedByStripe } from './stripe-signature.ts';

/** What the adapter was written against. A newer one is a decision, made here and tested, never Stripe's default of the day. */
export const apiVersion = '2026-10-28.endive';

/** Stripe, through its own library: for its requests, errors and signatures. Connections, time limits and repeats are ours. */
export function stripeAdapter(config: PaymentsConfig, http: HttpClient): Adapter {
  const { STRIPE_SECRET_KEY = '', STRIPE_WEBHOOK_SECRET, STRIPE_WEBHOOK_SECRET_PREVIOUS } = config;
  const transport = new StripeTransport(http);
  const stripe = new Stripe(STRIPE_SECRET_KEY, {
    apiVersion,
    httpClient: transport,
    maxNetworkRetries: 0,
    // It would write a file into the home folder to tell installations apart.
    telemetry: false,
  });
  const secrets = [STRIPE_WEBHOOK_SECRET, STRIPE_WEBHOOK_SECRET_PREVIOUS].filter(
    (secret) => secret !== undefined,
  );
  return {
    provider: new StripeClient(stripe, transport),
    hasSigned: (headers, body) => isSignedByStripe(stripe, secrets, headers['stripe-signature'], body),
  };
}
