import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId, type MessageDefinition, type PayloadOf } from '@shop/contracts';
import { KafkaTransport, type Delivery, type Outbox } from '@shop/messaging';
import { createTopics } from '@shop/messaging/topics';
import { Database, runMigrations, Transactions } from '@shop/persistence';
import { startService, type RunningService } from '@shop/service-kit';
import { testBrokers, testDatabase, type TestDatabase } from '@shop/testing';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { StockRows } from './commands/stock-rows.ts';
import { StockConsumer } from './commands/stock.consumer.ts';
import { inventoryConfig } from './inventory.config.ts';
import { inventoryModule } from './inventory.module.ts';
import { migrations } from './migrations/index.ts';
import type { Level } from './model/reservation.ts';

/** Replies in the order in which they were published, each as its short name and body. */
export type Replies = [type: string, payload: unknown][];

/** An inventory on a free port and a database of its own. It consumes commands only when asked to, since all tests share the topics. */
export class RunningInventory {
  private service!: RunningService;
  private database!: TestDatabase;
  private privateKey!: CryptoKey;
  private readonly folder = mkdtempSync(join(tmpdir(), 'inventory-'));

  async start({
    consuming = false,
    env = {},
  }: { consuming?: boolean; env?: Record<string, string> } = {}): Promise<this> {
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
      name: 'inventory',
      config: inventoryConfig,
      module: inventoryModule,
      transports: consuming ? [KafkaTransport] : [],
      env: {
        PORT: '0',
        HOST: '127.0.0.1',
        AUTH_ISSUER: 'test',
        AUTH_AUDIENCE: 'shop',
        AUTH_JWKS_URL: pathToFileURL(jwks).href,
        DATABASE_URL: this.database.url,
        KAFKA_BROKERS: testBrokers().join(','),
        EXPIRY_SWEEP_MS: '60000',
        LOG_LEVEL: 'warn',
        ...env,
      },
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true });
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.service.app.get(type, { strict: false });
  }

  query<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.get(Database).query<R>(sql, params);
  }

  /** A new product with so many units on hand. */
  async aProductInStock(onHand: number, reserved = 0): Promise<string> {
    const productId = newId();
    await this.query(`INSERT INTO stock (product_id, on_hand, reserved) VALUES ($1, $2, $3)`, [
      productId,
      onHand,
      reserved,
    ]);
    return productId;
  }

  async levelOf(productId: string): Promise<Omit<Level, 'productId'> | undefined> {
    const [level] = await this.query<Level>(
      `SELECT on_hand AS "onHand", reserved FROM stock WHERE product_id = $1`,
      [productId],
    );
    return level;
  }

  /** How many transactions {@link carryOut} began: more than it was called when some had to begin again. */
  attempts = 0;

  /** Hands a batch of commands to the consumer as the transport would, and answers its replies. */
  async carryOut(...deliveries: Delivery[]): Promise<Replies> {
    return this.get(Transactions).run(async (tx) => {
      this.attempts += 1;
      const { consumer, replies } = this.aConsumer();
      await consumer.carryOut(deliveries as never, { tx });
      return replies;
    });
  }

  /** The consumer with an outbox that only remembers. */
  aConsumer() {
    const replies: Replies = [];
    const outbox = {
      publish: (_tx: unknown, { type }: MessageDefinition, payload: unknown) =>
        replies.push([shortName(type), payload]),
    } as unknown as Outbox;
    return { consumer: new StockConsumer(this.get(StockRows), outbox), replies };
  }

  async post(
    path: string,
    body: unknown,
    { as = 'admin', key }: { as?: string; key?: string } = {},
  ): Promise<Response> {
    return fetch(this.service.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await this.token(as)}`,
        ...(key && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    });
  }

  /** As the gateway, or anybody else. */
  async fetch(path: string, { as = 'gateway' } = {}): Promise<Response> {
    return fetch(this.service.url + path, { headers: { authorization: `Bearer ${await this.token(as)}` } });
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

const shortName = (type: string): string => type.replace(/^shop\.inventory\.|\.v1$/g, '');

export const aDelivery = <D extends MessageDefinition>(
  definition: D,
  payload: PayloadOf<D>,
): Delivery<D> => ({
  id: newId(),
  type: definition.type,
  key: definition.key(payload),
  time: new Date(),
  source: 'orders',
  payload,
  traceId: '',
  carrier: {},
  attempt: 1,
});
