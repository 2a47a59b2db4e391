import { authConfig, databaseConfig, httpConfig, kafkaConfig, secret } from '@shop/config';
import { z } from 'zod';

export const catalogConfig = z.object({
  ...httpConfig(8081).shape,
  ...authConfig.shape,
  ...databaseConfig.shape,
  ...kafkaConfig.shape,
  /** Signs page cursors; the same in every replica. */
  CURSOR_SECRET: secret(z.string().min(16)),
});
export type CatalogConfig = z.output<typeof catalogConfig>;
