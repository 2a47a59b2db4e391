export type Scope = 'admin' | 'orders' | 'service';

/** Who asks: the token's subject and what the token allows. */
export interface Caller {
  id: string;
  scopes: ReadonlySet<string>;
  isAdmin: boolean;
  /** The bearer token, for calls on the caller's behalf. */
  token: string;
}
