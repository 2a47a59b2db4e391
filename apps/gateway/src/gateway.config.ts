import { authConfig, clientConfig, httpConfig } from '@shop/config';
import { z } from 'zod';

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
  /** Requests that one caller may make in a window. Wide by default: one caller may be a load test, or everybody behind one proxy. */
  RATE_LIMIT: z.coerce.number().int().positive().default(100_000),
  RATE_LIMIT_WINDOW_SECONDS: z.coerce.number().int().positive().default(10),
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
