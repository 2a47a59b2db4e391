import { z } from 'zod';
import { secret } from './secret.ts';

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** What every app that listens needs. Port 0 takes any free port. */
export const httpConfig = (port: number) =>
  z.object({
    HOST: z.string().default('0.0.0.0'),
    PORT: integer(0, 65_535).default(port),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    /** Milliseconds from SIGTERM until the process gives up draining. */
    SHUTDOWN_GRACE_MS: integer(0, 600_000).default(25_000),
    /** How many proxies stand before the app and add to X-Forwarded-For. With 0 that header, which anybody can send, is not believed. */
    TRUSTED_HOPS: integer(0, 10).default(0),
  });

/** Who issues access tokens, for whom, and where the keys are: `https:`, `http:` or `file:`. */
export const authConfig = z.object({
  AUTH_ISSUER: z.string().min(1),
  AUTH_AUDIENCE: z.string().min(1),
  AUTH_JWKS_URL: z.url({ protocol: /^(https?|file)$/, error: 'must be an http(s): or file: URL' }),
  /** How long known keys are believed while the provider does not answer. */
  AUTH_JWKS_GRACE_SECONDS: integer(0, 86_400).default(3_600),
});

/** How a service that calls others on its own behalf proves who it is: client credentials (RFC 6749, 4.4). */
export const clientConfig = z.object({
  AUTH_TOKEN_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s): URL' }),
  AUTH_CLIENT_ID: z.string().min(1),
  AUTH_CLIENT_SECRET: secret(z.string().min(1)),
});

/** What bounds a function. */
export const functionConfig = z.object({
  /** Milliseconds that one message may take. */
  HANDLE_WITHIN_MS: integer(1, 600_000).default(15_000),
});

/** Refines the schema of a function: `schema.refine(...finishesInHand)`. */
export const finishesInHand = [
  // Said this way round, nothing is added to what is wrong with either of them alone.
  (config: { HANDLE_WITHIN_MS: number; SHUTDOWN_GRACE_MS: number }) =>
    !(config.HANDLE_WITHIN_MS >= config.SHUTDOWN_GRACE_MS),
  {
    error:
      'HANDLE_WITHIN_MS must be less than SHUTDOWN_GRACE_MS, or a message in hand could not be finished on SIGTERM',
    // Beside the other faults, not after them.
    when: () => true,
  },
] as const;

/** How a function runs: as a service, or as a job that ends when nothing is left to do. */
export const jobConfig = z.object({
  RUN_AS: z.enum(['service', 'job']).default('service'),
  /** Milliseconds without anything to do after which a job ends. */
  JOB_IDLE_MS: integer(1, 600_000).default(5_000),
  /** Milliseconds after which a job ends in any case. Less than what the platform gives it (`activeDeadlineSeconds`). */
  JOB_MAX_MS: integer(1, 86_400_000).default(240_000),
});
export type JobConfig = z.output<typeof jobConfig>;

/** The app's own database. */
export const databaseConfig = z.object({
  DATABASE_URL: secret(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres: URL' })),
  DATABASE_POOL_SIZE: integer(1, 1_000).default(10),
});

/** Kafka's bootstrap addresses, `host:port` separated by commas. */
export const kafkaConfig = z.object({
  KAFKA_BROKERS: z
    .string()
    .transform((brokers) => brokers.split(',').map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^[^\s:]+:\d+$/, 'must be host:port, separated by commas')).min(1)),
});
