import { authConfig, databaseConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

const ms = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);

export const paymentsConfig = z.object({
  ...httpConfig(8084).shape,
  ...authConfig.shape,
  ...databaseConfig.shape,
  ...kafkaConfig.shape,
  /** The provider behind the port. */
  PSP: z.enum(['sandbox']).default('sandbox'),
  PSP_URL: z.url().default('http://127.0.0.1:8090'),
  PSP_API_KEY: secret(z.string().min(8)),
  PSP_WEBHOOK_SECRET: secret(z.string().min(16)),
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
export type PaymentsConfig = z.output<typeof paymentsConfig>;

/** The token under which Nest injects a {@link PaymentsConfig}. */
export const paymentsSettings = Symbol('payments settings');
