import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signerOf } from '@shop/tools';
import { base64url, exportSPKI, importJWK, type JWTPayload, SignJWT } from 'jose';

export type Claims = JWTPayload & { scope?: string };

const dataDir = () =>
  (JSON.parse(process.env['SHOP_UNDER_TEST'] || '{}') as { dataDir?: string }).dataDir ??
  process.env['SHOP_DATA'] ??
  '.shop';
const signer = () => signerOf(dataDir());

const claimsOf = (name: string, claims: Claims): Claims => {
  const now = Math.floor(Date.now() / 1_000);
  const { issuer, audience } = signer();
  return {
    iss: issuer,
    aud: audience,
    sub: name,
    iat: now,
    exp: now + 3_600,
    scope: name === 'admin' ? 'orders admin' : 'orders',
    ...claims,
  };
};
const headerOf = () => ({ alg: signer().jwk.alg, kid: signer().kid, typ: 'JWT' });
const signed = (name: string, claims: Claims, key: KeyObject) =>
  new SignJWT(claimsOf(name, claims)).setProtectedHeader(headerOf()).sign(key);
const encoded = (value: object) => base64url.encode(JSON.stringify(value));

/** Tokens, good and bad. The key is the one of the local run. */
export const tokens = {
  sign: (name: string, claims: Claims = {}) => signed(name, claims, signer().privateKey),

  unsigned: async (name: string, claims: Claims = {}) =>
    `${encoded({ ...headerOf(), alg: 'none' })}.${encoded(claimsOf(name, claims))}.`,

  signedByStranger: (name: string, claims: Claims = {}) =>
    signed(name, claims, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),

  /** HMAC keyed with the public key, which everybody knows: an implementation that believes the header accepts it. */
  confused: async (name: string, claims: Claims = {}) => {
    const { d: _private, ...publicJwk } = signer().jwk;
    const key = (await importJWK(publicJwk, undefined, { extractable: true })) as Parameters<
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
