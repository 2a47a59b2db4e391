import type { Access } from './operations.ts';

/** Somebody who tries every endpoint. */
export interface Caller {
  name: string;
  /** What a valid token of theirs allows; without one they have no valid token. */
  scopes?: readonly string[];
  /** What the endpoint is about is theirs. */
  owner?: true;
  /** Knows the secrets that the shop and its payment provider share. */
  knowsSecret?: true;
}

/** Tokens that are an administrator's in all but one thing, by what that is. */
export const brokenTokens = {
  expired: 'expired',
  early: 'not valid yet',
  audience: 'for another audience',
  issuer: 'by another issuer',
  hs256: 'HS256 with the public key',
  none: 'unsigned (alg none)',
  forged: 'changed after it was signed',
  unknownKey: 'signed with an unknown key',
} as const;
export type BrokenToken = keyof typeof brokenTokens;

export const callers: readonly Caller[] = [
  { name: 'anonymous' },
  { name: 'owner', scopes: ['orders'], owner: true },
  { name: 'other customer', scopes: ['orders'] },
  { name: 'admin', scopes: ['admin'] },
  { name: 'service', scopes: ['service'] },
  { name: 'no scope', scopes: [] },
  ...Object.values(brokenTokens).map((name) => ({ name })),
  { name: 'wrong secret' },
  { name: 'right secret', knowsSecret: true },
];

/** Let in, or kept out with this status. */
export type Verdict = 'in' | 401 | 403 | 404;

/** What a caller must be answered by an endpoint; follows from the endpoint's rule alone. */
export function expected(access: Access, { scopes, owner, knowsSecret }: Caller): Verdict {
  if ('who' in access) return 'in';
  if ('secret' in access) return knowsSecret ? 'in' : 401;
  if (!scopes) return 401;
  if (scopes.includes('admin')) return 'in';
  if (!scopes.includes(access.scope)) return 403;
  return access.owner && !owner ? 404 : 'in';
}
