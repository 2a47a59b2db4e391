import { readFile, stat } from 'node:fs/promises';
import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { remoteKeys } from './remote-keys.ts';

/** The keys could not be read, so nothing can be said about a token. */
export class KeysUnavailable extends Error {}

export interface KeySourceOptions {
  /** How long known keys are believed while an `http(s):` URL does not answer, in milliseconds. */
  graceMs: number;
  /** Milliseconds, of a clock that nobody sets. */
  clock: () => number;
}

/** Finds the key of a token. With `onlyKnown` nobody is asked for a key that is not known, which is {@link KeysUnavailable} then. */
export type KeySource = (
  header: JWSHeaderParameters,
  token: FlattenedJWSInput,
  onlyKnown?: boolean,
) => Promise<CryptoKey>;

/** The verification keys at an `http(s):` or `file:` URL, read again when they change. */
export function keySource(url: string, options: KeySourceOptions): KeySource {
  const at = new URL(url);
  return naming(at.protocol === 'file:' ? fileKeys(at) : remoteKeys(at, options));
}

/** Tells "there is no such key" from "there are no keys to look at". */
function naming(keys: KeySource): KeySource {
  return async (header, token, onlyKnown) => {
    try {
      return await keys(header, token, onlyKnown);
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

function fileKeys(url: URL): KeySource {
  let current: { mtimeMs: number; keys: LocalJWKSet } | undefined;
  return async (header, token) => {
    const { mtimeMs } = await stat(url);
    if (current?.mtimeMs !== mtimeMs) {
      const text = await readFile(url, 'utf8');
      current = { mtimeMs, keys: createLocalJWKSet(JSON.parse(text) as JSONWebKeySet) };
    }
    return current.keys(header, token);
  };
}
