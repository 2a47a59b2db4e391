import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NewProduct, Page, Product } from '@shop/contracts';
import { createTopics } from '@shop/messaging/topics';
import { Database, runMigrations } from '@shop/persistence';
import { startService, type RunningService } from '@shop/service-kit';
import { aNewProduct, testBrokers, testDatabase, type TestDatabase } from '@shop/testing';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { catalogConfig } from './catalog.config.ts';
import { catalogModule } from './catalog.module.ts';
import { migrations } from './migrations/index.ts';

/** A catalogue on a free port and a database of its own. */
export class RunningCatalog {
  private service!: RunningService;
  private database!: TestDatabase;
  private privateKey!: CryptoKey;
  private readonly folder = mkdtempSync(join(tmpdir(), 'catalog-'));

  async start(): Promise<this> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    this.privateKey = privateKey;
    const jwks = join(this.folder, 'jwks.json');
    writeFileSync(
      jwks,
      JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'test' }] }),
    );
    this.database = await testDatabase();
    await runMigrations({ url: this.database.url, migrations });
    await createTopics(testBrokers());
    this.service = await startService({
      name: 'catalog',
      config: catalogConfig,
      module: catalogModule,
      env: {
        PORT: '0',
        HOST: '127.0.0.1',
        AUTH_ISSUER: 'test',
        AUTH_AUDIENCE: 'shop',
        AUTH_JWKS_URL: pathToFileURL(jwks).href,
        DATABASE_URL: this.database.url,
        KAFKA_BROKERS: testBrokers().join(','),
        CURSOR_SECRET: 'a secret of the tests',
        LOG_LEVEL: 'warn',
      },
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true });
  }

  query<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.service.app.get(Database, { strict: false }).query<R>(sql, params);
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.service.app.get(type, { strict: false });
  }

  async aProduct(given: Partial<NewProduct> = {}): Promise<Product> {
    const response = await this.send('POST', '/v1/admin/products', aNewProduct(given));
    return (await response.json()) as Product;
  }

  fetch(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.service.url + path, { headers });
  }

  async list(query: Record<string, string | number>): Promise<Page<Product>> {
    const params = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await this.fetch(`/v1/products?${params}`);
    if (response.status !== 200) throw new Error(await response.text());
    return (await response.json()) as Page<Product>;
  }

  async send(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    { as = 'admin', ...headers }: { as?: string; 'if-match'?: string } = {},
  ): Promise<Response> {
    return fetch(this.service.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(await this.bearer(as)),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }

  /** What somebody proves who he is with. */
  async bearer(name: string): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.token(name)}` };
  }

  private token(name: string): Promise<string> {
    const scopes: Record<string, string> = { admin: 'orders admin', gateway: 'service' };
    return new SignJWT({ scope: scopes[name] ?? 'orders' })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setIssuer('test')
      .setAudience('shop')
      .setSubject(name)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.privateKey);
  }
}
