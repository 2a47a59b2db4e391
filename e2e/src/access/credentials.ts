import { createHmac } from 'node:crypto';
import { tokens } from '../support/tokens.ts';
import { type BrokenToken, brokenTokens } from './callers.ts';
import type { Access } from './operations.ts';

/** Whose tokens are used; what nobody may do is looked for under `nobody`. */
export interface People {
  owner: string;
  other: string;
  nobody: string;
}

/** The header that proves who a caller is, for a request with this body. */
export type Credentials = (access: Access, body: string) => Record<string, string>;

const now = () => Math.floor(Date.now() / 1_000);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The credentials of every caller, made once. */
export async function credentialsOf(
  { owner, other, nobody }: People,
  secretOf: (name: string) => string,
): Promise<Map<string, Credentials>> {
  const scope = 'orders admin';
  const broken: Record<BrokenToken, Promise<string>> = {
    expired: tokens.sign(nobody, { scope, exp: now() - 60 }),
    early: tokens.sign(nobody, { scope, nbf: now() + 600 }),
    audience: tokens.sign(nobody, { scope, aud: 'another-shop' }),
    issuer: tokens.sign(nobody, { scope, iss: 'https://issuer.test' }),
    hs256: tokens.confused(nobody, { scope }),
    none: tokens.unsigned(nobody, { scope }),
    forged: tokens.tampered(nobody, { scope }),
    unknownKey: tokens.signedByStranger(nobody, { scope }),
  };
  const byToken: [name: string, token: Promise<string>][] = [
    ['owner', tokens.sign(owner, { scope: 'orders' })],
    ['other customer', tokens.sign(other, { scope: 'orders' })],
    ['admin', tokens.sign('admin', { scope: 'admin' })],
    ['service', tokens.sign(nobody, { scope: 'service' })],
    ['no scope', tokens.sign(nobody, { scope: '' })],
    // No caller of the table, but who a faulty token would have been taken for.
    ['nobody', tokens.sign(nobody, { scope: 'orders' })],
    ...Object.entries(brokenTokens).map(([key, name]): [string, Promise<string>] => [
      name,
      broken[key as BrokenToken],
    ]),
  ];
  const all = new Map<string, Credentials>([
    ['anonymous', () => ({})],
    ['wrong secret', (access, body) => proof(access, 'a-secret-that-nobody-uses', body)],
    [
      'right secret',
      (access, body) => ('secret' in access ? proof(access, secretOf(access.secret), body) : {}),
    ],
  ]);
  for (const [name, token] of byToken) {
    const headers = bearer(await token);
    all.set(name, () => headers);
  }
  return all;
}

/** The header that carries the proof of a secret that signs. */
const signatures: Record<string, string> = {
  'psp-webhook': 'psp-signature',
  'stripe-webhook': 'stripe-signature',
};

/** How each secret of the shop is proved. */
function proof(access: Access, secret: string, body: string): Record<string, string> {
  if (!('secret' in access)) return {};
  if (access.secret === 'psp-api-key') return bearer(secret);
  const signature = signatures[access.secret];
  if (signature) {
    const mac = createHmac('sha256', secret).update(`${now()}.${body}`).digest('hex');
    return { [signature]: `t=${now()},v1=${mac}` };
  }
  throw new Error(
    `nobody knows how to prove the secret ${access.secret}; say so in e2e/src/access/credentials.ts`,
  );
}
