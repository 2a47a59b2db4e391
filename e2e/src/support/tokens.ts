import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64url, exportSPKI, importJWK, importPKCS8, type JWTPayload, SignJWT } from 'jose';

export type Claims = JWTPayload & { scope?: string };

const dataDir = () =>
  (JSON.parse(process.env['SHOP_UNDER_TEST'] || '{}') as { dataDir?: string }).dataDir ??
  process.env['SHOP_DATA'] ??
  '.shop';
const auth = (file: string) => readFileSync(join(dataDir(), 'auth', file), 'utf8');
const publicJwk = () => (JSON.parse(auth('jwks.json')) as { keys: [{ kid: string; alg: string }] }).keys[0];

const claimsOf = (name: string, claims: Claims): Claims => {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: process.env['AUTH_ISSUER'] || 'http://localhost/shop-dev',
    aud: process.env['AUTH_AUDIENCE'] || 'shop',
    sub: name,
    iat: now,
    exp: now + 3_600,
    scope: name === 'admin' ? 'orders admin' : 'orders',
    ...claims,
  };
};
const headerOf = () => ({ alg: publicJwk().alg, kid: publicJwk().kid, typ: 'JWT' });
const signed = async (name: string, claims: Claims, pem: string) =>
  new SignJWT(claimsOf(name, claims))
    .setProtectedHeader(headerOf())
    .sign(await importPKCS8(pem, headerOf().alg));
const encoded = (value: object) => base64url.encode(JSON.stringify(value));

/** Tokens, good and bad. The key is the one of the local run. */
export const tokens = {
  sign: (name: string, claims: Claims = {}) => signed(name, claims, auth('private-key.pem')),

  unsigned: async (name: string, claims: Claims = {}) =>
    `${encoded({ ...headerOf(), alg: 'none' })}.${encoded(claimsOf(name, claims))}.`,

  signedByStranger: (name: string, claims: Claims = {}) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return signed(name, claims, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  },

  /** HMAC keyed with the public key, which everybody knows: an implementation that believes the header accepts it. */
  confused: async (name: string, claims: Claims = {}) => {
    const key = (await importJWK(publicJwk(), undefined, { extractable: true })) as Parameters<
      typeof exportSPKI
    >[0];
    return new SignJWT(claimsOf(name, claims))
      .setProtectedHeader({ ...headerOf(), alg: 'HS256' })
      .sign(new TextEncoder().encode(await exportSPKI(key)));
  },

  /** These claims under the signature of others. */
  tampered: async (name: string, claims: Claims = {}) => {
    const [header, , signature] = (await tokens.sign(name)).split('.');
    return `${header}.${encoded(claimsOf(name, claims))}.${signature}`;
  },
};
