import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { KeySourceOptions } from './key-source.ts';

/** In milliseconds: when keys are read again in any case, how often they are asked for at most, and for how long. */
const timing = { freshMs: 60_000, cooldownMs: 1_000, timeoutMs: 3_000 };

/**
 * The keys that a provider publishes over HTTP. A key that is not known is asked for at once, so a rotation is seen by the first
 * token of the new key; at most once a second, so that invented key ids cannot hammer the provider. While it does not answer, known
 * keys are believed for `graceMs`, and not a moment longer.
 */
export function remoteKeys(url: URL, { graceMs, clock }: KeySourceOptions): JWTVerifyGetKey {
  let known: { keys: JWTVerifyGetKey; at: number } | undefined;
  let reading: Promise<void> | undefined;
  let last: { askedAt: number; failure?: unknown } = { askedAt: -Infinity };

  async function read(): Promise<void> {
    last = { askedAt: clock() };
    try {
      known = { keys: createLocalJWKSet(await fetchKeys(url)), at: last.askedAt };
    } catch (failure) {
      last.failure = failure;
      throw failure;
    } finally {
      reading = undefined;
    }
  }

  /** One question for all who wait. What was asked a moment ago is not asked again: its answer, or its failure, still counts. */
  async function refresh(): Promise<void> {
    if (reading) return reading;
    if (clock() - last.askedAt >= timing.cooldownMs) return (reading = read());
    if (last.failure) throw last.failure;
  }

  return async (header, token) => {
    const age = known ? clock() - known.at : Infinity;
    if (age > graceMs) await refresh();
    // Nobody waits for this, and while it fails the known keys do.
    else if (age > timing.freshMs) refresh().catch(() => {});
    try {
      return await known!.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      return known!.keys(header, token);
    }
  };
}

async function fetchKeys(url: URL): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timing.timeoutMs),
  });
  if (response.status !== 200) throw new Error(`the JWKS was answered with ${response.status}`);
  return (await response.json()) as JSONWebKeySet;
}
