import { authConfig, databaseConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

const ms = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);
const signingSecret = () => secret(z.string().min(16).optional());

/** What each provider cannot do without; the first of it, its key, is what makes it one to talk to. */
const credentials = {
  sandbox: ['PSP_API_KEY', 'PSP_WEBHOOK_SECRET'],
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
} as const;
export type ProviderName = keyof typeof credentials;

const settings = z.object({
  ...httpConfig(8084).shape,
  ...authConfig.shape,
  ...databaseConfig.shape,
  ...kafkaConfig.shape,
  /** The provider of new payments. One that began elsewhere stays there, as long as that provider's key is set. */
  PSP: z.enum(['sandbox', 'stripe']).default('sandbox'),
  PSP_URL: z.url().default('http://127.0.0.1:8090'),
  PSP_API_KEY: secret(z.string().min(8).optional()),
  PSP_WEBHOOK_SECRET: signingSecret(),
  /** Accepted beside the other while the secret is changed. */
  PSP_WEBHOOK_SECRET_PREVIOUS: signingSecret(),
  STRIPE_URL: z.url().default('https://api.stripe.com'),
  STRIPE_SECRET_KEY: secret(
    z
      .string()
      .regex(/^[rs]k_(test|live)_\w+$/, 'must be a secret or restricted key of Stripe: sk_… or rk_…')
      .optional(),
  ),
  STRIPE_WEBHOOK_SECRET: signingSecret(),
  STRIPE_WEBHOOK_SECRET_PREVIOUS: signingSecret(),
  PSP_TIMEOUT_MS: ms(5_000),
  /** Calls to the provider under way at once; half of it for calls that are repeated, so that those that hang leave room. */
  PSP_CONCURRENCY: z.coerce.number().int().min(2).max(2_000).default(512),
  /** Pause between two looks for calls that nobody works on. */
  PSP_POLL_MS: ms(1_000),
  /** How long a silent worker keeps its calls. */
  PSP_LEASE_MS: ms(6_000),
  /** How long a payment may rest unfinished before the provider is asked about it. */
  RECONCILE_AFTER_MS: ms(60_000),
});
export type PaymentsConfig = z.output<typeof settings>;

/** The providers that there is a key for, and the one that is chosen. */
export const isConfigured = (config: PaymentsConfig, name: ProviderName): boolean =>
  config.PSP === name || config[credentials[name][0]] !== undefined;

export const paymentsConfig = (Object.keys(credentials) as ProviderName[])
  .flatMap((provider) => credentials[provider].map((name) => ({ provider, name })))
  .reduce(
    (schema, { provider, name }) =>
      schema.refine((config) => !isConfigured(config, provider) || config[name] !== undefined, {
        path: [name],
        error: 'is required',
        // Beside the other faults, not after them.
        when: () => true,
      }),
    settings,
  );

/** The token under which Nest injects a {@link PaymentsConfig}. */
export const paymentsSettings = Symbol('payments settings');
