import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import type { AuthSettings } from './auth.module.ts';
import type { Caller } from './caller.ts';
import { challenge } from './challenge.ts';
import { type KeySource, KeysUnavailable, keySource } from './key-source.ts';

/** Signatures by a private key alone: `none` says nothing, and an HMAC could be keyed with what everybody may read. */
const algorithms = ['ES256', 'RS256', 'EdDSA'];
/** How far the provider's clock may be from ours, either way. */
const clockToleranceSeconds = 5;
const defaultGraceSeconds = 3_600;
/**
 * How long, in milliseconds, a token is believed without checking its signature again, and how many are remembered. A key that
 * its provider withdraws is therefore believed for a minute more than it is known.
 */
const remembered = { ms: 60_000, tokens: 10_000 };

interface Known {
  caller: Caller;
  until: number;
}

/** Checks access tokens (RFC 9068): signature, issuer, audience, lifetime. Signatures are dear, so what was found is remembered for a minute. */
export class TokenVerifier {
  readonly #settings: AuthSettings;
  readonly #keys: KeySource;
  readonly #clock: () => number;
  readonly #known = new Map<string, Known>();

  /** `clock` says what time it is, `monotonic` how much of it passes. */
  constructor(
    settings: AuthSettings,
    clock: () => number = Date.now,
    monotonic: () => number = () => performance.now(),
  ) {
    const { AUTH_JWKS_URL, AUTH_JWKS_GRACE_SECONDS: grace = defaultGraceSeconds } = settings;
    this.#settings = settings;
    this.#clock = clock;
    this.#keys = keySource(AUTH_JWKS_URL, { graceMs: grace * 1_000, clock: monotonic });
  }

  /** With `onlyKnownKeys` the provider is not asked for the key of a token, which is then refused as while the provider is away. */
  async verify(token: string, { onlyKnownKeys = false } = {}): Promise<Caller> {
    const known = this.#known.get(token);
    if (known && known.until > this.#clock()) return known.caller;
    this.#known.delete(token);
    const payload = await this.#payloadOf(token, onlyKnownKeys);
    this.#expectPast(payload.iat);
    const caller = callerOf(payload, token);
    const expiresAt = (payload.exp! + clockToleranceSeconds) * 1_000;
    this.#remember(token, { caller, until: Math.min(this.#clock() + remembered.ms, expiresAt) });
    return caller;
  }

  async #payloadOf(token: string, onlyKnownKeys: boolean): Promise<JWTPayload> {
    try {
      const keys: KeySource = (header, jws) => this.#keys(header, jws, onlyKnownKeys);
      const { payload } = await jwtVerify(token, keys, {
        algorithms,
        issuer: this.#settings.AUTH_ISSUER,
        audience: this.#settings.AUTH_AUDIENCE,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(this.#clock()),
      });
      return payload;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** jose looks at `nbf`, and leaves `iat` to us. */
  #expectPast(issuedAt: number | undefined): void {
    if (issuedAt !== undefined && issuedAt > this.#clock() / 1_000 + clockToleranceSeconds)
      throw invalid('the claim iat is not right');
  }

  #remember(token: string, known: Known): void {
    // A Map keeps insertion order, so its first key is the oldest.
    if (this.#known.size >= remembered.tokens) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(token, known);
  }
}

function callerOf(payload: JWTPayload, token: string): Caller {
  const id = payload.sub;
  if (typeof id !== 'string' || id === '' || id.includes('\u0000'))
    throw invalid('the subject is not usable');
  const scopes = new Set(
    typeof payload['scope'] === 'string' ? payload['scope'].split(' ').filter(Boolean) : [],
  );
  return { id, scopes, isAdmin: scopes.has('admin'), token };
}

function refusalOf(error: unknown): Error {
  if (error instanceof KeysUnavailable)
    return new Problem(authProblems.keysUnavailable, undefined, { retryAfterSeconds: 1, cause: error });
  if (error instanceof errors.JWTExpired) {
    return new Problem(authProblems.tokenExpired, undefined, {
      headers: challenge('invalid_token', 'the token has expired'),
    });
  }
  // jose throws its own errors for faulty tokens, and TypeErrors or SyntaxErrors for what is not a token at all.
  return invalid(
    error instanceof errors.JWTClaimValidationFailed
      ? `the claim ${error.claim} is not right`
      : 'the token is not right',
    error,
  );
}

const invalid = (why: string, cause?: unknown) =>
  new Problem(authProblems.tokenInvalid, undefined, { headers: challenge('invalid_token', why), cause });
