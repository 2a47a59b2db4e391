import { httpConfig, secret } from '@shop/config';
import { z } from 'zod';

const addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be http(s) URLs, separated by commas' })));

export const identityConfig = z.object({
  ...httpConfig(8086).shape,
  /** This provider's name in every token, and the address under which browsers find it. */
  AUTH_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http(s): URL' }),
  AUTH_AUDIENCE: z.string().min(1),
  /** The folder of the keys that sign; `npm run rotate-keys` adds one. */
  IDENTITY_KEYS: z.string().min(1),
  /** The file of those who may sign in. */
  IDENTITY_USERS: z.string().min(1),
  /** Where a browser may be sent back to with a code, separated by commas. */
  IDENTITY_REDIRECT_URIS: addresses.default(['http://localhost:8080/signed-in']),
  /** What the cookies of a browser's session are signed with. */
  IDENTITY_COOKIE_SECRET: secret(z.string().min(16)),
  /** What the gateway proves itself with. */
  GATEWAY_CLIENT_SECRET: secret(z.string().min(16)),
});
export type IdentityConfig = z.output<typeof identityConfig>;

/** Origins that a browser may be sent to, and may ask for tokens from. */
export const originsOf = (config: IdentityConfig): string[] => [
  ...new Set(config.IDENTITY_REDIRECT_URIS.map((address) => new URL(address).origin)),
];
