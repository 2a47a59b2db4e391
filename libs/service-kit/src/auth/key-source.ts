import { readFile, stat } from 'node:fs/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { remoteKeys } from './remote-keys.ts';

/** The keys could not be read, so nothing can be said about a token. */
export class KeysUnavailable extends Error {}

export interface KeySourceOptions {
  /** How long known keys are believed while an `http(s):` URL does not answer, in milliseconds. */
  graceMs: number;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** The verification keys at an `http(s):` or `file:` URL, read again when they change. */
export function keySource(url: string, options: KeySourceOptions): JWTVerifyGetKey {
  const at = new URL(url);
  return naming(at.protocol === 'file:' ? fileKeys(at) : remoteKeys(at, options));
}

/** Tells "there is no such key" from "there are no keys to look at". */
function naming(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      throw new KeysUnavailable('the JWKS cannot be read', { cause: error });
    }
  };
}

const isAboutTheToken = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

function fileKeys(url: URL): JWTVerifyGetKey {
  let current: { mtimeMs: number; keys: JWTVerifyGetKey } | undefined;
  return async (header, token) => {
    const { mtimeMs } = await stat(url);
    if (current?.mtimeMs !== mtimeMs) {
      const text = await readFile(url, 'utf8');
      current = { mtimeMs, keys: createLocalJWKSet(JSON.parse(text) as JSONWebKeySet) };
    }
    return current.keys(header, token);
  };
}
