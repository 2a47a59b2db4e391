import { setTimeout } from 'node:timers/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import type { KeySource, KeySourceOptions } from './key-source.ts';

/** In milliseconds: when keys are read again in any case, how often they are asked for at most, also of a provider that fails, and for how long. */
const timing = { freshMs: 60_000, cooldownMs: 1_000, backOffMs: 30_000, timeoutMs: 3_000 };

/**
 * The keys that a provider publishes over HTTP. A key that is not known is asked for at once, so a rotation is seen by the first
 * token of the new key; at most once a second, so that invented key ids cannot hammer the provider. While it does not answer, known
 * keys are believed for `graceMs`, and not a moment longer.
 */
export function remoteKeys(url: URL, { graceMs, clock }: KeySourceOptions): KeySource {
  let known: { keys: LocalJWKSet; at: number } | undefined;
  let reading: Promise<void> | undefined;
  let sent = false;
  let askedAt = -Infinity;
  let failures = 0;
  let failure: unknown;
  /** Keys that are not in the last answer. */
  const missing = new Set<string | undefined>();

  const age = () => (known ? clock() - known.at : Infinity);

  /** For how long what the last question came to still counts: longer each time that it fails, while there are keys to go on with. */
  function rest(): number {
    const longer = age() > graceMs ? 1 : 2 ** Math.max(failures - 1, 0);
    return askedAt + Math.min(timing.cooldownMs * longer, timing.backOffMs) - clock();
  }

  async function read(): Promise<void> {
    try {
      const wait = rest();
      if (wait > 0) await setTimeout(wait);
      [sent, askedAt] = [true, clock()];
      known = { keys: createLocalJWKSet(await fetchKeys(url)), at: askedAt };
      failures = 0;
      missing.clear();
    } catch (error) {
      failures++;
      failure = error;
      throw error;
    } finally {
      [sent, reading] = [false, undefined];
    }
  }

  /** One question for all who wait. Once it failed they do not: its failure counts, until one of them asks again. */
  async function refresh(): Promise<void> {
    if (failures > 0 && (reading || rest() > 0)) throw failure;
    await (reading ??= read());
  }

  return async (header, token, onlyKnown = false) => {
    // An answer that was asked for before the token came may be older than its key.
    let searched = failures === 0 && rest() > 0 && missing.has(header.kid);
    if (age() > graceMs) {
      searched = !sent;
      await refresh();
    }
    // Nobody waits for this, and while it fails the known keys do.
    else if (age() > timing.freshMs) refresh().catch(() => {});
    for (;;) {
      try {
        return await known!.keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (searched && failures === 0) missing.add(header.kid);
        if (searched) throw error;
        if (onlyKnown) throw new Error('the key is not known', { cause: error });
      }
      searched = !sent;
      await refresh();
    }
  };
}

async function fetchKeys(url: URL): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timing.timeoutMs),
  });
  if (response.status !== 200) {
    // Else its connection is kept for a body that nobody reads.
    await response.body?.cancel();
    throw new Error(`the JWKS was answered with ${response.status}`);
  }
  return (await response.json()) as JSONWebKeySet;
}
