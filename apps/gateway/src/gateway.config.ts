import { authConfig, clientConfig, httpConfig, secret } from '@shop/config';
import { z } from 'zod';

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const upstream = (port: number) => z.url().default(`http://127.0.0.1:${port}`);

export const gatewayConfig = z.object({
  ...httpConfig(8080).shape,
  ...authConfig.shape,
  ...clientConfig.shape,
  CATALOG_URL: upstream(8081),
  INVENTORY_URL: upstream(8082),
  ORDERS_URL: upstream(8083),
  PAYMENTS_URL: upstream(8084),
  /** Of each attempt, so that a second one still fits into the ten seconds of the edge. */
  UPSTREAM_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(5_000),
  /** How long a product waits for its availability before it is shown without. */
  AVAILABILITY_TIMEOUT_MS: z.coerce.number().int().min(1).max(10_000).default(300),
  /** 0 where a mesh repeats requests: one layer does (ADR 5). */
  UPSTREAM_RETRIES: z.coerce.number().int().min(0).max(2).default(2),
  /** Requests that one customer may make in a window. Wide by default: one may be a load test. */
  RATE_LIMIT: z.coerce.number().int().positive().default(100_000),
  /** The same for an address from which callers without a valid token come: it may be everybody behind one proxy. */
  RATE_LIMIT_ANONYMOUS: z.coerce.number().int().positive().default(100_000),
  RATE_LIMIT_WINDOW_SECONDS: z.coerce.number().int().positive().default(10),
  /** Where replicas count together; without it each counts for itself. */
  RATE_LIMIT_STORE: secret(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis: or rediss: URL' }),
  ).optional(),
  /** How long a request waits to be counted there. */
  RATE_LIMIT_STORE_TIMEOUT_MS: z.coerce.number().int().min(1).max(10_000).optional(),
  /** Origins whose pages may call the API from a browser, separated by commas. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((origins) => origins.split(',').flatMap((origin) => origin.trim() || []))
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins such as https://shop.example'))),
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
