import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Access tokens, and the settings of a service that accepts them. */
export async function testTokens() {
  const folder = mkdtempSync(join(tmpdir(), 'orders-'));
  const jwks = join(folder, 'jwks.json');
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  writeFileSync(
    jwks,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'test' }] }),
  );
  return {
    env: { AUTH_ISSUER: 'test', AUTH_AUDIENCE: 'shop', AUTH_JWKS_URL: pathToFileURL(jwks).href },
    tokenOf: (name: string, scope = name === 'admin' ? 'orders admin' : 'orders') =>
      new SignJWT({ scope })
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .setIssuer('test')
        .setAudience('shop')
        .setSubject(name)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
export type TestTokens = Awaited<ReturnType<typeof testTokens>>;
