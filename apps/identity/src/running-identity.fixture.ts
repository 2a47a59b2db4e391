import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnToken, TokenVerifier, type RunningService } from '@shop/service-kit';
import { freePort } from '@shop/testing';
import { addSigningKey, rotateKeys } from './keys/signing-keys.ts';
import { startIdentity } from './start-identity.ts';

export const redirectUri = 'http://localhost:8080/signed-in';
export const clientSecret = 'a secret: of the tests';
const users = new URL('../data/development-users.json', import.meta.url).pathname;

/** A provider on a free port with a folder of keys of its own. */
export class RunningIdentity {
  url!: string;
  readonly keys = mkdtempSync(join(tmpdir(), 'identity-'));
  private service!: RunningService;

  async start(env: Record<string, string> = {}): Promise<this> {
    addSigningKey(this.keys, Date.now() - 1_000);
    const port = String(await freePort());
    this.service = await startIdentity({
      HOST: '127.0.0.1',
      PORT: port,
      LOG_LEVEL: 'silent',
      AUTH_ISSUER: `http://127.0.0.1:${port}`,
      AUTH_AUDIENCE: 'shop',
      IDENTITY_KEYS: this.keys,
      IDENTITY_USERS: users,
      IDENTITY_REDIRECT_URIS: redirectUri,
      IDENTITY_COOKIE_SECRET: 'a secret of the tests',
      GATEWAY_CLIENT_SECRET: clientSecret,
      ...env,
    });
    this.url = this.service.url;
    return this;
  }

  async stop(): Promise<void> {
    await this.service.close();
    rmSync(this.keys, { recursive: true });
  }

  rotate(): void {
    rotateKeys(this.keys);
  }

  /** Another gateway each time. */
  gateway = (secret = clientSecret): OwnToken =>
    new OwnToken({
      AUTH_TOKEN_URL: `${this.url}/token`,
      AUTH_CLIENT_ID: 'gateway',
      AUTH_CLIENT_SECRET: secret,
    });

  /** Checks tokens as a service does. */
  verifier = (): TokenVerifier =>
    new TokenVerifier({
      AUTH_ISSUER: this.url,
      AUTH_AUDIENCE: 'shop',
      AUTH_JWKS_URL: `${this.url}/jwks`,
    });

  async token(form: Record<string, string>): Promise<{ status: number; body: TokenAnswer }> {
    const response = await fetch(`${this.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, body: (await response.json()) as TokenAnswer };
  }
}

export interface TokenAnswer {
  access_token: string;
  id_token: string;
  scope: string;
  expires_in: number;
  error?: string;
}
