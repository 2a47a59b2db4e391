import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { authSettings, CUSTOMER_NAME, issueToken } from './auth.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'auth-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('development tokens', () => {
  it('are accepted by whoever reads the key set that lies beside the private key', async () => {
    const [token, admin] = await Promise.all(
      ['alice', 'admin'].map((name) => issueToken({ dataDir, name, env: {} })),
    );
    const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL } = await authSettings(dataDir, {});
    const keys = createLocalJWKSet(
      JSON.parse(readFileSync(fileURLToPath(AUTH_JWKS_URL), 'utf8')) as JSONWebKeySet,
    );
    const checks = { issuer, audience, algorithms: ['ES256'] };
    const { payload } = await jwtVerify(token ?? '', keys, checks);
    expect(payload).toMatchObject({ sub: 'alice', scope: 'orders' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
    expect((await jwtVerify(admin ?? '', keys, checks)).payload).toMatchObject({
      sub: 'admin',
      scope: 'orders admin',
    });
  });

  it('come from a key that only its owner can read and that is not published', async () => {
    const { AUTH_JWKS_URL } = await authSettings(dataDir, {});
    expect(statSync(join(dataDir, 'auth', 'private-key.pem')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(fileURLToPath(AUTH_JWKS_URL), 'utf8')).keys[0]).not.toHaveProperty('d');
  });

  it.each(['', '-x', 'a b', 'a\n', 'é', 'x'.repeat(65)])('are not for the name %j', (name) => {
    expect(CUSTOMER_NAME.test(name)).toBe(false);
  });
});
