import { authConfig, databaseConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

const milliseconds = (standard: number) => z.coerce.number().int().min(1).max(3_600_000).default(standard);

export const ordersConfig = z.object({
  ...httpConfig(8083).shape,
  ...authConfig.shape,
  ...databaseConfig.shape,
  ...kafkaConfig.shape,
  /** Signs the cursors of lists; the same on every replica. */
  CURSOR_SECRET: secret(z.string().min(16)),
  /**
   * How long each step of an order may take before it is given up (a refund: repeated). The first holds neither stock nor
   * money, so it outlasts the restart of a broker.
   */
  RESERVE_TIMEOUT_MS: milliseconds(60_000),
  /**
   * Both outlast a call to the slowest provider (20 s at Stripe) and a query for the outcome if its answer was lost. Together
   * they fit into inventory's RESERVATION_TTL_MS, or stock lapses under an order that is being paid.
   */
  AUTHORISE_TIMEOUT_MS: milliseconds(45_000),
  COMPLETE_TIMEOUT_MS: milliseconds(45_000),
  REFUND_RETRY_MS: milliseconds(10_000),
  /** How often the reaper looks for steps that took too long. */
  REAPER_INTERVAL_MS: milliseconds(1_000),
  /** How long a product that this service has not heard of may still arrive while an order for it waits. */
  PRICE_WAIT_MS: z.coerce.number().int().min(0).max(10_000).default(1_000),
  /** How often a timeline stream with nothing to say shows that it is alive. */
  TIMELINE_HEARTBEAT_MS: milliseconds(15_000),
  /** Timelines that one replica streams at the same time. */
  TIMELINE_STREAMS: z.coerce.number().int().min(1).default(1_000),
});
export type OrdersConfig = z.output<typeof ordersConfig>;
export const ORDERS_CONFIG = Symbol('orders config');
