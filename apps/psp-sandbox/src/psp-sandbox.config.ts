import { httpConfig, secret } from '@shop/config';
import { z } from 'zod';

export const pspSandboxConfig = z
  .object({
    ...httpConfig(8090).shape,
    /** What merchants authenticate with. */
    PSP_API_KEY: secret(z.string().min(8)),
    /** Where the book is kept, so that it outlives the process; without it, in memory only. */
    PSP_DATA: z.string().optional(),
    /** Who is told about changes. */
    PSP_WEBHOOK_URL: z.url().optional(),
    PSP_WEBHOOK_SECRET: secret(z.string().min(16).optional()),
    /** Signs beside the other while the secret is changed. */
    PSP_WEBHOOK_SECRET_PREVIOUS: secret(z.string().min(16).optional()),
    /** How long an authorisation can be captured, in milliseconds. */
    PSP_AUTHORISATION_TTL_MS: z.coerce
      .number()
      .int()
      .positive()
      .default(7 * 24 * 3_600_000),
  })
  .refine((config) => !config.PSP_WEBHOOK_URL || config.PSP_WEBHOOK_SECRET, {
    path: ['PSP_WEBHOOK_SECRET'],
    error: 'is needed to sign what goes to PSP_WEBHOOK_URL',
  });
export type PspSandboxConfig = z.output<typeof pspSandboxConfig>;

/** The token under which Nest injects a {@link PspSandboxConfig}. */
export const pspSettings = Symbol('psp-sandbox settings');
