import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { calculateJwkThumbprint, exportJWK, importPKCS8, SignJWT } from 'jose';
import { writtenOnce } from './runner/secrets.ts';
import { places } from './runner/settings.ts';

/** What services need to check a token. */
export interface AuthSettings {
  AUTH_ISSUER: string;
  AUTH_AUDIENCE: string;
  AUTH_JWKS_URL: string;
}

const ALGORITHM = 'ES256';
export const CUSTOMER_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** The key pair of the local run, made on first use; its public half lies beside it for the services. */
export async function authSettings(
  dataDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<AuthSettings> {
  const { publicJwk } = await keyPair(dataDir);
  const jwks = join(places(dataDir).auth, 'jwks.json');
  writeFileSync(jwks, `${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n`);
  return { ...names(env), AUTH_JWKS_URL: pathToFileURL(jwks).href };
}

/** A token for a customer, valid for twelve hours; the name `admin` may also write to the catalogue, stock and refunds. */
export async function issueToken({
  dataDir,
  name,
  env = process.env,
}: {
  dataDir: string;
  name: string;
  env?: NodeJS.ProcessEnv;
}): Promise<string> {
  const { privateKey, publicJwk } = await keyPair(dataDir);
  const { AUTH_ISSUER, AUTH_AUDIENCE } = names(env);
  return new SignJWT({ scope: name === 'admin' ? 'orders admin' : 'orders' })
    .setProtectedHeader({ alg: ALGORITHM, kid: publicJwk.kid, typ: 'JWT' })
    .setIssuer(AUTH_ISSUER)
    .setAudience(AUTH_AUDIENCE)
    .setSubject(name)
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(privateKey);
}

const names = (env: NodeJS.ProcessEnv) => ({
  AUTH_ISSUER: env['AUTH_ISSUER'] || 'http://localhost/shop-dev',
  AUTH_AUDIENCE: env['AUTH_AUDIENCE'] || 'shop',
});

async function keyPair(dataDir: string) {
  const pem = writtenOnce(join(places(dataDir).auth, 'private-key.pem'), () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  );
  const privateKey = await importPKCS8(pem, ALGORITHM, { extractable: true });
  const { kty, crv, x, y } = await exportJWK(privateKey);
  const jwk = { kty, crv, x, y };
  return {
    privateKey,
    publicJwk: { ...jwk, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk as never) },
  };
}
