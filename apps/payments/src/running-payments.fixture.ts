import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId, type MessageDefinition, type PayloadOf } from '@shop/contracts';
import { KafkaTransport, Outbox, type Delivery } from '@shop/messaging';
import { createTopics } from '@shop/messaging/topics';
import { Database, runMigrations, Transactions } from '@shop/persistence';
import { startService, type RunningService } from '@shop/service-kit';
import { eventually, testBrokers, testDatabase, type TestDatabase } from '@shop/testing';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { PaymentsConsumer } from './commands/payments.consumer.ts';
import { migrations } from './migrations/index.ts';
import { paymentsConfig } from './payments.config.ts';
import { paymentsModule } from './payments.module.ts';
import { apiKey, SandboxProcess } from './sandbox-process.fixture.ts';

/** How long a start may take where compiling, PostgreSQL and Kafka share two cores with other suites. */
export const startMs = 120_000;
export const webhookSecret = 'a-secret-of-the-webhooks';

/** Payments on a free port, a database and a provider of their own. They consume only when asked to, since all tests share the topics. */
export class RunningPayments {
  readonly psp = new SandboxProcess();
  /** Undefined until the start has succeeded. */
  service!: RunningService;
  private database?: TestDatabase;
  private privateKey!: CryptoKey;
  private env: Record<string, string> = {};
  private readonly folder = mkdtempSync(join(tmpdir(), 'payments-'));
  /** What was published and committed, by order: short name and body. */
  private readonly replies = new Map<string, [type: string, payload: Record<string, unknown>][]>();

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
    await this.psp.start();
    this.database = await testDatabase();
    await runMigrations({ url: this.database.url, migrations });
    await createTopics(testBrokers());
    this.env = {
      PORT: '0',
      HOST: '127.0.0.1',
      AUTH_ISSUER: 'test',
      AUTH_AUDIENCE: 'shop',
      AUTH_JWKS_URL: pathToFileURL(jwks).href,
      DATABASE_URL: this.database.url,
      KAFKA_BROKERS: testBrokers().join(','),
      PSP_URL: this.psp.url,
      PSP_API_KEY: apiKey,
      PSP_WEBHOOK_SECRET: webhookSecret,
      PSP_TIMEOUT_MS: '3000',
      PSP_POLL_MS: '200',
      PSP_LEASE_MS: '3500',
      ...env,
    };
    this.service = await this.replica(consuming);
    return this;
  }

  /** One more process, as far as the database can tell. */
  async replica(consuming = false, env: Record<string, string> = {}): Promise<RunningService> {
    const transports = consuming ? [KafkaTransport] : [];
    const options = { name: 'payments', config: paymentsConfig, module: paymentsModule, transports };
    const service = await startService({ ...options, env: { ...this.env, ...env } });
    this.listen(service.app.get(Outbox, { strict: false }));
    return service;
  }

  async stop(): Promise<void> {
    await this.service?.close();
    await this.psp.stop();
    await this.database?.drop();
    rmSync(this.folder, { recursive: true });
  }

  query<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.service.app.get(Database, { strict: false }).query<R>(sql, params);
  }

  /** Hands a batch of commands to the consumer as the transport would. */
  async carryOut(deliveries: Delivery[], { app } = this.service): Promise<void> {
    const consumer = app.get(PaymentsConsumer, { strict: false });
    await app
      .get(Transactions, { strict: false })
      .run((tx) => consumer.carryOut(deliveries as never, { tx }));
  }

  /** Sends a command, as part of a batch of one. */
  send<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<void> {
    return this.carryOut([aDelivery(definition, payload)]);
  }

  repliesTo(orderId: string): string[] {
    return (this.replies.get(orderId) ?? []).map(([type]) => type);
  }

  lastReplyTo(orderId: string): Record<string, unknown> | undefined {
    return this.replies.get(orderId)?.at(-1)?.[1];
  }

  /** Waits until that many replies with this name were published for the order. */
  async replied(orderId: string, type: string, times = 1): Promise<void> {
    await eventually(() => {
      const replies = this.repliesTo(orderId);
      if (replies.filter((each) => each === type).length < times)
        throw new Error(`no ${type}, but ${replies.join()}`);
    });
  }

  /** Entries of an order's payment, as `kind account amount`. */
  async ledger(orderId: string): Promise<string[]> {
    const rows = await this.query<{ entry: string }>(
      `SELECT kind || ' ' || account || ' ' || l.amount AS entry FROM ledger_entries l JOIN payments p ON p.id = l.payment_id
       WHERE p.order_id = $1 ORDER BY kind, account`,
      [orderId],
    );
    return rows.map(({ entry }) => entry);
  }

  async stateOf(orderId: string): Promise<string | undefined> {
    const [row] = await this.query<{ state: string }>('SELECT state FROM payments WHERE order_id = $1', [
      orderId,
    ]);
    return row?.state;
  }

  async read(orderId: string, scope = 'admin'): Promise<Response> {
    const token = await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setIssuer('test')
      .setAudience('shop')
      .setSubject('someone')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.privateKey);
    return fetch(`${this.service.url}/v1/payments/${orderId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  private listen(outbox: Outbox): void {
    const publish = outbox.publish.bind(outbox);
    outbox.publish = (tx, definition, payload, options) => {
      const { orderId } = payload as { orderId: string };
      const reply: [string, Record<string, unknown>] = [
        shortName(definition.type),
        payload as Record<string, unknown>,
      ];
      tx.afterCommit(() => this.replies.set(orderId, [...(this.replies.get(orderId) ?? []), reply]));
      publish(tx, definition, payload, options);
    };
  }
}

const shortName = (type: string): string => type.replace(/^shop\.payments\.(payment-)?|\.v1$/g, '');

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

export const amount = { amount: 1999, currency: 'EUR' };
