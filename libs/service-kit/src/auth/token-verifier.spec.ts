import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { issued, signingKey } from './provider.fixture.ts';
import { TokenVerifier } from './token-verifier.ts';

describe('an access token', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  const clock = () => now;
  const seconds = now / 1_000;
  let key: Awaited<ReturnType<typeof signingKey>>;
  let jwks: string;

  beforeAll(async () => {
    key = await signingKey('one', clock);
    jwks = join(mkdtempSync(join(tmpdir(), 'verifier-')), 'jwks.json');
    writeFileSync(jwks, JSON.stringify({ keys: [key.jwk] }));
  });

  const answer = (token: string) =>
    new TokenVerifier({ ...issued, AUTH_JWKS_URL: pathToFileURL(jwks).href }, clock).verify(token).then(
      () => 'accepted',
      (problem: { code: string }) => problem.code,
    );

  it.each([
    ['has just expired by our clock', { exp: seconds - 4 }, 'accepted'],
    ['expired longer ago than clocks differ', { exp: seconds - 5 }, 'auth/token-expired'],
    ['begins in a moment by our clock', { nbf: seconds + 5 }, 'accepted'],
    ['begins later than clocks differ', { nbf: seconds + 6 }, 'auth/token-invalid'],
    ['was issued by a clock a little ahead of ours', { iat: seconds + 5 }, 'accepted'],
    ['was issued in the future', { iat: seconds + 6 }, 'auth/token-invalid'],
  ])('that %s', async (_, claims, expected) => {
    expect(await answer(await key.token(claims))).toBe(expected);
  });

  it('is remembered only as long as it is valid', async () => {
    let later = now;
    const verifier = new TokenVerifier({ ...issued, AUTH_JWKS_URL: pathToFileURL(jwks).href }, () => later);
    const token = await key.token({ exp: seconds + 10 });
    await verifier.verify(token);
    later += 16_000;
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'auth/token-expired' });
  });

  it.each(['none', 'NONE', 'None', ''])(
    'without a signature, by the algorithm %j, is refused',
    async (alg) => {
      const [, claims] = (await key.token()).split('.');
      const header = Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url');
      expect(await answer(`${header}.${claims}.`)).toBe('auth/token-invalid');
    },
  );

  it.each(['HS256', 'HS384', 'HS512'])('by %s, keyed with the public key, is refused', async (alg) => {
    const publicKey = createPublicKey({ key: key.jwk as JsonWebKey, format: 'jwk' });
    const [, claims] = (await key.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url');
    for (const form of [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(key.jwk),
    ]) {
      const mac = createHmac(`sha${alg.slice(2)}`, form)
        .update(`${header}.${claims}`)
        .digest('base64url');
      expect(await answer(`${header}.${claims}.${mac}`)).toBe('auth/token-invalid');
    }
  });

  it.each([
    ['of another issuer', { iss: 'http://issuer/' }],
    ['for another audience', { aud: 'bank' }],
    ['for several audiences, none of them us', { aud: ['bank', 'Shop'] }],
    ['for nobody', { aud: undefined }],
  ])('%s is refused', async (_, claims) => {
    expect(await answer(await key.token(claims))).toBe('auth/token-invalid');
  });

  it('for several audiences, us among them, is accepted', async () => {
    expect(await answer(await key.token({ aud: ['bank', 'shop'] }))).toBe('accepted');
  });
});
