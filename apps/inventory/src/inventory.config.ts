import { authConfig, databaseConfig, httpConfig, kafkaConfig } from '@shop/config';
import { z } from 'zod';

export const inventoryConfig = z.object({
  ...httpConfig(8082).shape,
  ...authConfig.shape,
  ...databaseConfig.shape,
  ...kafkaConfig.shape,
  /**
   * How long an uncommitted reservation holds its stock: longer than orders' RESERVE_TIMEOUT_MS, AUTHORISE_TIMEOUT_MS and
   * COMPLETE_TIMEOUT_MS together (150 s), which is how long an order may need it, and half a minute for messages that are late.
   */
  RESERVATION_TTL_MS: z.coerce.number().int().min(1).max(86_400_000).default(180_000),
  /** Pause between two looks for expired reservations. */
  EXPIRY_SWEEP_MS: z.coerce.number().int().min(10).max(60_000).default(2_000),
});
export type InventoryConfig = z.output<typeof inventoryConfig>;

/** The token under which Nest injects an {@link InventoryConfig}. */
export const inventorySettings = Symbol('inventory settings');
