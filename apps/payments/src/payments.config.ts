import { authConfig, databaseConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

const duration = z.coerce.number().int().min(1).max(86_400_000);
const ms = (fallback: number) => duration.default(fallback);
const signingSecret = () => secret(z.string().min(16).optional());

/** What each provider cannot do without; the first of it, its key, is what makes it one to talk to. */
const credentials = {
  sandbox: ['PSP_API_KEY', 'PSP_WEBHOOK_SECRET'],
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
} as const;
export type ProviderName = keyof typeof credentials;

/** Stripe asks a bank, which may take seconds, and refuses more than some 100 requests a second. */
const standards = {
  sandbox: { PSP_TIMEOUT_MS: 5_000, PSP_CONCURRENCY: 512 },
  stripe: { PSP_TIMEOUT_MS: 20_000, PSP_CONCURRENCY: 25 },
} as const;

/** Always there in the end: what is not set is what `completed` says. */
const unlessSet = (number: z.ZodType<number>) => number.optional() as unknown as z.ZodType<number>;

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
  /** How long one request to the provider may take. */
  PSP_TIMEOUT_MS: unlessSet(duration),
  /** Calls to the provider under way at once; half of it for calls that are repeated, so that those that hang leave room. */
  PSP_CONCURRENCY: unlessSet(z.coerce.number().int().min(2).max(2_000)),
  /** Pause between two looks for calls that nobody works on. */
  PSP_POLL_MS: ms(1_000),
  /** How long a silent worker keeps its calls: longer than a request takes, or another makes a call that is still being made. */
  PSP_LEASE_MS: unlessSet(duration),
  /** How long a payment may rest unfinished before the provider is asked about it. */
  RECONCILE_AFTER_MS: ms(60_000),
});
export type PaymentsConfig = z.output<typeof settings>;

function completed(config: PaymentsConfig): PaymentsConfig {
  const {
    PSP_TIMEOUT_MS = standards[config.PSP].PSP_TIMEOUT_MS,
    PSP_CONCURRENCY,
    PSP_LEASE_MS,
  } = config as Partial<PaymentsConfig>;
  return {
    ...config,
    PSP_TIMEOUT_MS,
    PSP_CONCURRENCY: PSP_CONCURRENCY ?? standards[config.PSP].PSP_CONCURRENCY,
    PSP_LEASE_MS: PSP_LEASE_MS ?? PSP_TIMEOUT_MS + 1_000,
  };
}

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
    settings
      .overwrite(completed)
      .refine(({ PSP_LEASE_MS, PSP_TIMEOUT_MS }) => PSP_LEASE_MS > PSP_TIMEOUT_MS, {
        path: ['PSP_LEASE_MS'],
        error: 'must be longer than PSP_TIMEOUT_MS (5000 at the sandbox and 20000 at Stripe unless set)',
      }),
  );

/** The token under which Nest injects a {@link PaymentsConfig}. */
export const paymentsSettings = Symbol('payments settings');
