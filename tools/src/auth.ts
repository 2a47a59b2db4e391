import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedKey, loadKey, longestTokenLife, newestKey, signingAlgorithm } from '@shop/identity/keys';
import { SignJWT } from 'jose';
import { places } from './runner/settings.ts';

/** What services need to check a token. */
export interface AuthSettings {
  AUTH_ISSUER: string;
  AUTH_AUDIENCE: string;
  AUTH_JWKS_URL: string;
}

export const CUSTOMER_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** Where a browser of this machine finds the identity provider of the local run, unless its port is another one. */
const defaultIssuer = 'http://localhost:8086';

/**
 * Makes the folder of signing keys ready, with a first key, and writes down there who issues. `identityUrl` is where services
 * find the provider; another one than ours can be named by `AUTH_ISSUER` and `AUTH_JWKS_URL`.
 */
export function authSettings(
  dataDir: string,
  identityUrl: string,
  env: NodeJS.ProcessEnv = process.env,
): AuthSettings {
  const { auth } = places(dataDir);
  newestKey(auth);
  const issuer = env['AUTH_ISSUER'] || Object.assign(new URL(identityUrl), { hostname: 'localhost' }).origin;
  rememberIssuer(auth, issuer);
  return {
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: audienceOf(env),
    AUTH_JWKS_URL: env['AUTH_JWKS_URL'] || `${identityUrl}/jwks`,
  };
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
  const { kid, privateKey, issuer, audience } = signerOf(dataDir, env);
  return new SignJWT({ scope: name === 'admin' ? 'orders admin' : 'orders' })
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(name)
    .setIssuedAt()
    .setExpirationTime(`${longestTokenLife}s`)
    .sign(privateKey);
}

export interface Signer extends LoadedKey {
  issuer: string;
  audience: string;
}

/** What signs the tokens of a data folder, and in whose name: that of the provider that was last started with it. */
export function signerOf(dataDir: string, env: NodeJS.ProcessEnv = process.env): Signer {
  const { auth } = places(dataDir);
  const file = join(auth, 'issuer');
  const issuer = existsSync(file) ? readFileSync(file, 'utf8').trim() : defaultIssuer;
  return {
    ...loadKey(newestKey(auth)),
    issuer: env['AUTH_ISSUER'] || issuer,
    audience: audienceOf(env),
  };
}

function rememberIssuer(auth: string, issuer: string): void {
  mkdirSync(auth, { recursive: true });
  const file = join(auth, 'issuer');
  writeFileSync(`${file}.${process.pid}`, `${issuer}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

const audienceOf = (env: NodeJS.ProcessEnv) => env['AUTH_AUDIENCE'] || 'shop';
