import type { Scope } from './caller.ts';

/**
 * Who may use a route. The guard goes by it, the OpenAPI document shows it as `x-access`, and the table in docs/access.md and its test
 * are made from that.
 */
export type Access =
  | { who: 'anyone' }
  /** `owner`: only of what is the caller's own, or as an administrator; to others it does not exist. */
  | { scope: Scope; owner?: true }
  /** Somebody who proves to know this secret of the shop, to a guard of the route's own. */
  | { secret: string };

export const accessKey = 'shop:access';

/** What a route's method says, else its controller. */
export const accessOf = (handler: object, controller: object): Access | undefined =>
  (Reflect.getMetadata(accessKey, handler) ?? Reflect.getMetadata(accessKey, controller)) as
    Access | undefined;
