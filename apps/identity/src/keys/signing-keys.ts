import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The algorithm of all signing keys: ECDSA on P-256. */
export const signingAlgorithm = 'ES256';

/** No token of this shop lives longer, in seconds: a key is published for so long after another took its place. */
export const longestTokenLife = 12 * 3_600;

/** What verifiers forgive (5 s), and time to spare, in milliseconds. */
const slackMs = 60_000;
const nameOf = /^signing-(\d{13})\.pem$/;

/** A key of the folder: its time is when it began to sign. */
export interface SigningKey {
  since: number;
  file: string;
}

export interface LoadedKey {
  kid: string;
  privateKey: KeyObject;
  /** With its private part. */
  jwk: { kty: string; crv: string; x: string; y: string; d: string; kid: string; alg: string; use: string };
}

/** All keys of a folder, newest first; the first one signs. */
export function signingKeys(folder: string): SigningKey[] {
  return readdirSync(folder)
    .flatMap((file) => {
      const since = nameOf.exec(file)?.[1];
      return since ? [{ since: Number(since), file: join(folder, file) }] : [];
    })
    .sort((a, b) => b.since - a.since);
}

/** Those of them that a valid token may have been signed with. */
export function publishedKeys(keys: readonly SigningKey[], now = Date.now()): SigningKey[] {
  const outlived = now - longestTokenLife * 1_000 - slackMs;
  return keys.filter((_, index) => index === 0 || keys[index - 1]!.since > outlived);
}

/** Makes a key, which signs from now on. Only its owner can read it. */
export function addSigningKey(folder: string, now = Date.now()): SigningKey {
  mkdirSync(folder, { recursive: true });
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const file = join(folder, `signing-${String(now).padStart(13, '0')}.pem`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pem, { mode: 0o600 });
  // Whoever lists the folder finds a whole key, or none.
  renameSync(draft, file);
  return { since: now, file };
}

/** The key that signs; the first one is made on first use. */
export function newestKey(folder: string): SigningKey {
  mkdirSync(folder, { recursive: true });
  return signingKeys(folder)[0] ?? addSigningKey(folder);
}

/** What {@link rotateKeys} did: the new key, the older ones that are still published, and how many were removed. */
export interface Rotation {
  signing: SigningKey;
  published: SigningKey[];
  removed: number;
}

/** Makes a new key, and removes those that no valid token can have been signed with. */
export function rotateKeys(folder: string, now = Date.now()): Rotation {
  const signing = addSigningKey(folder, now);
  const keys = signingKeys(folder);
  const published = publishedKeys(keys, now);
  const outlived = keys.filter((key) => !published.includes(key));
  for (const { file } of outlived) rmSync(file);
  return { signing, published: published.slice(1), removed: outlived.length };
}

/** Reads a key. Its id is its thumbprint (RFC 7638). */
export function loadKey({ file }: SigningKey): LoadedKey {
  const privateKey = createPrivateKey(readFileSync(file));
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' }) as Record<string, string>;
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const jwk = { kty, crv, x, y, d, kid, alg: signingAlgorithm, use: 'sig' } as LoadedKey['jwk'];
  return { kid, privateKey, jwk };
}
