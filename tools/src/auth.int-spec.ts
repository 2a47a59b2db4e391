import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadKey, rotateKeys, signingKeys } from '@shop/identity/keys';
import { jwtVerify } from 'jose';
import { authSettings, CUSTOMER_NAME, issueToken } from './auth.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'auth-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const token = (name: string) => issueToken({ dataDir, name, env: {} });
const verified = async (jwt: string) => {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = authSettings(dataDir, 'http://127.0.0.1:4711', {});
  const [newest] = signingKeys(join(dataDir, 'auth'));
  const key = createPublicKey(loadKey(newest!).privateKey);
  return (await jwtVerify(jwt, key, { issuer, audience, algorithms: ['ES256'] })).payload;
};

describe('development tokens', () => {
  it('are those of the provider that uses the same folder of keys', async () => {
    expect(authSettings(dataDir, 'http://127.0.0.1:4711', {})).toEqual({
      AUTH_ISSUER: 'http://localhost:4711',
      AUTH_AUDIENCE: 'shop',
      AUTH_JWKS_URL: 'http://127.0.0.1:4711/jwks',
    });
    const payload = await verified(await token('alice'));
    expect(payload).toMatchObject({ iss: 'http://localhost:4711', sub: 'alice', scope: 'orders' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
    expect(await verified(await token('admin'))).toMatchObject({ sub: 'admin', scope: 'orders admin' });
  });

  it('are signed with the newest key', async () => {
    authSettings(dataDir, 'http://127.0.0.1:4711', {});
    rotateKeys(join(dataDir, 'auth'), Date.now() + 1);
    expect(await verified(await token('alice'))).toMatchObject({ sub: 'alice' });
  });

  it('come from a key that only its owner can read', async () => {
    await token('alice');
    const [key] = signingKeys(join(dataDir, 'auth'));
    expect(statSync(key!.file).mode & 0o777).toBe(0o600);
  });

  it('can be those of another provider, which is asked for its keys', () => {
    const env = { AUTH_ISSUER: 'https://sso.test/realms/shop', AUTH_JWKS_URL: 'https://sso.test/keys' };
    expect(authSettings(dataDir, 'http://127.0.0.1:4711', env)).toMatchObject(env);
  });

  it.each(['', '-x', 'a b', 'a\n', 'é', 'x'.repeat(65)])('are not for the name %j', (name) => {
    expect(CUSTOMER_NAME.test(name)).toBe(false);
  });
});
