import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunningService } from '@shop/service-kit';
import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { startGateway } from './start-gateway.ts';
import { json, StandIn } from './stand-in.fixture.ts';

/** A gateway on a free port with a stand-in for each upstream, and tokens that it accepts. */
export class RunningGateway {
  readonly catalog = new StandIn();
  readonly inventory = new StandIn();
  readonly orders = new StandIn();
  /** Gives the gateway its own token. */
  readonly provider = new StandIn();
  /** What its tokens are checked with. */
  jwks: JSONWebKeySet = { keys: [] };
  private service!: RunningService;
  private privateKey!: CryptoKey;
  private readonly folder = mkdtempSync(join(tmpdir(), 'gateway-'));

  async start(env: Record<string, string> = {}): Promise<this> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    this.privateKey = privateKey;
    const jwks = join(this.folder, 'jwks.json');
    this.jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'test' }] };
    writeFileSync(jwks, JSON.stringify(this.jwks));
    this.provider.answering = async (_, response) =>
      json(response, 200, { access_token: await this.token('gateway', 'service'), expires_in: 600 });
    this.service = await startGateway({
      PORT: '0',
      HOST: '127.0.0.1',
      AUTH_ISSUER: 'test',
      AUTH_AUDIENCE: 'shop',
      AUTH_JWKS_URL: pathToFileURL(jwks).href,
      AUTH_TOKEN_URL: `${await this.provider.start()}/token`,
      AUTH_CLIENT_ID: 'gateway',
      AUTH_CLIENT_SECRET: 'a secret: of the tests',
      CATALOG_URL: await this.catalog.start(),
      INVENTORY_URL: await this.inventory.start(),
      ORDERS_URL: await this.orders.start(),
      ...env,
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.close();
    await Promise.all(
      [this.catalog, this.inventory, this.orders, this.provider].map((upstream) => upstream.stop()),
    );
    rmSync(this.folder, { recursive: true });
  }

  close(): Promise<void> {
    return this.service.close();
  }

  token(name: string, scope = name === 'admin' ? 'orders admin' : 'orders'): Promise<string> {
    return new SignJWT({ scope })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setIssuer('test')
      .setAudience('shop')
      .setSubject(name)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.privateKey);
  }

  url(path: string): string {
    return this.service.url + path;
  }

  async fetch(path: string, { as, ...init }: RequestInit & { as?: string } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (as) headers.set('authorization', `Bearer ${await this.token(as)}`);
    if (init.body) headers.set('content-type', 'application/json');
    return fetch(this.url(path), { ...init, headers });
  }
}
