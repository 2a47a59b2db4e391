import { logger } from '@shop/tracing';

/** How a service proves who it is, as `clientConfig` of @shop/config reads it. */
export interface ClientSettings {
  AUTH_TOKEN_URL: string;
  AUTH_CLIENT_ID: string;
  AUTH_CLIENT_SECRET: string;
}

/** In milliseconds: how long the provider may take, the pause after a failure, and what a token's end is kept clear of. */
const timing = { timeoutMs: 2_000, pauseMs: 1_000, marginMs: 5_000 };
const log = logger('own-token');

interface Held {
  header: string;
  refreshAt: number;
  expiresAt: number;
}

/**
 * A service's own access token (client credentials, RFC 6749, 4.4), for calls that it makes on nobody's behalf: got once for all who
 * ask, kept, and replaced in the background when three quarters of its life are over. While the provider is away it is used up to its
 * end; then there is none, and nobody waits for one until the provider is back.
 */
export class OwnToken {
  readonly #settings: ClientSettings;
  readonly #clock: () => number;
  #held: Held | undefined;
  #asking: Promise<void> | undefined;
  #failing = false;
  /** Before then nobody asks. */
  #askAt = -Infinity;

  constructor(settings: ClientSettings, clock: () => number = Date.now) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** The `Authorization` header; undefined while there is no token to be had. */
  async authorization(): Promise<string | undefined> {
    const held = this.#valid();
    if (!held && !this.#failing) await this.#ask();
    else if (!held || this.#clock() >= held.refreshAt) void this.#ask();
    return this.#valid()?.header;
  }

  /**
   * Says that a token was not accepted, for example because its key is gone: the next call asks for another; at most once a second,
   * because whoever refuses one token may refuse them all.
   */
  refused(authorization: string): void {
    if (this.#held?.header !== authorization) return;
    this.#held = undefined;
    this.#askAt = Math.max(this.#clock(), this.#askAt + timing.pauseMs);
  }

  #valid(): Held | undefined {
    return this.#held && this.#clock() < this.#held.expiresAt ? this.#held : undefined;
  }

  #ask(): Promise<void> {
    if (this.#asking) return this.#asking;
    if (this.#clock() < this.#askAt) return Promise.resolve();
    return (this.#asking = this.#replace().finally(() => (this.#asking = undefined)));
  }

  async #replace(): Promise<void> {
    try {
      this.#held = await this.#fetch();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log.warn({ err: error }, 'no token of our own');
      this.#failing = true;
      this.#askAt = this.#clock() + timing.pauseMs;
    }
  }

  async #fetch(): Promise<Held> {
    const { AUTH_TOKEN_URL, AUTH_CLIENT_ID, AUTH_CLIENT_SECRET } = this.#settings;
    // Both parts are form-encoded first (RFC 6749, 2.3.1).
    const credentials = [AUTH_CLIENT_ID, AUTH_CLIENT_SECRET].map(encodeURIComponent).join(':');
    const askedAt = this.#clock();
    const response = await fetch(AUTH_TOKEN_URL, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'service' }),
      redirect: 'error',
      signal: AbortSignal.timeout(timing.timeoutMs),
    });
    if (response.status !== 200) {
      // Else its connection is kept for a body that nobody reads.
      await response.body?.cancel();
      throw new Error(`the provider answered ${response.status}`);
    }
    const { access_token: token, expires_in: seconds = 60 } = (await response.json()) as TokenAnswer;
    return {
      header: `Bearer ${token}`,
      refreshAt: askedAt + seconds * 750,
      expiresAt: askedAt + seconds * 1_000 - timing.marginMs,
    };
  }
}

interface TokenAnswer {
  access_token: string;
  expires_in?: number;
}
