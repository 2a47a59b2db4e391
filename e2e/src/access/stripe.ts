import { places, secretsIn } from '@shop/tools';

/** What payments needs to take webhooks of Stripe, too; no payment goes there. */
export const stripeSettings = (dataDir: string): Record<string, string> => ({
  STRIPE_SECRET_KEY: 'sk_test_access',
  STRIPE_URL: 'http://127.0.0.1:9',
  STRIPE_WEBHOOK_SECRET: secretsIn(places(dataDir).secrets)('stripe-webhook'),
});
