import { type Database, isInfrastructureError, SILENCE_MS } from '@shop/persistence';
import { logger } from '@shop/tracing';
import pg from 'pg';

/** What runs single statements. */
export interface Queryable {
  query<R>(sql: string, params: unknown[]): Promise<R[]>;
}

const CHANNEL = 'outbox';

/**
 * The relay's own connection: it must hear notifications, and must not queue behind the requests that wait for the pool. Opened again by
 * the first statement after a loss, and the relay has one every few seconds.
 */
export class RelayConnection implements Queryable {
  readonly #log = logger('relay-connection');
  readonly #names = new Map<string, string>();
  #client: Promise<pg.Client> | undefined;
  #current: pg.Client | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Hears the payload of each notification of the outbox. */
  onNotification: (payload: string) => void = () => {};

  constructor(private readonly database: Database) {}

  /** One statement after the other. */
  query<R>(text: string, values: unknown[]): Promise<R[]> {
    const next = this.#last.then(() => this.#run<R>(text, values));
    this.#last = next.catch(() => {});
    return next;
  }

  async #run<R>(text: string, values: unknown[]): Promise<R[]> {
    if (this.#closed) throw new Error('the connection is closed');
    const client = await (this.#client ??= this.#open());
    const name = this.#names.get(text) ?? `outbox-${this.#names.size}`;
    this.#names.set(text, name);
    try {
      return (await client.query({ name, text, values })).rows as R[];
    } catch (error) {
      if (isInfrastructureError(error)) this.#abandon(client);
      throw error;
    }
  }

  /** A connection can be lost without a word, and then only a statement that is never answered shows it. */
  #abandon(client: pg.Client): void {
    this.#forget(client);
    client.end().catch(() => {});
  }

  /** The next statement opens another, unless it has already. */
  #forget(client: pg.Client): void {
    if (this.#current === client) this.#client = undefined;
  }

  async notify(payload: string): Promise<void> {
    await this.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => {});
  }

  async #open(): Promise<pg.Client> {
    const {
      url,
      applicationName = '',
      extra,
    } = this.database.dataSource.options as {
      url?: string;
      applicationName?: string;
      extra?: Pick<pg.ClientConfig, 'statement_timeout' | 'query_timeout'>;
    };
    const client = new pg.Client({
      connectionString: url,
      application_name: `${applicationName} relay`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // Every statement here reads by index. A plan made for the usual, nearly empty table would not. And none needs to outlive a crash of
      // the server: rows whose deletion was lost are sent again, and a lease that was lost is taken again, under the fence it would have had.
      options:
        '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c synchronous_commit=off',
      statement_timeout: extra?.statement_timeout,
      query_timeout: extra?.query_timeout ?? SILENCE_MS,
    });
    this.#current = client;
    const lost = () => this.#forget(client);
    client.on('error', (error) => {
      this.#log.debug({ err: error }, 'the connection was lost');
      lost();
    });
    client.on('end', lost);
    client.on('notification', ({ payload = '' }) => this.onNotification(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      lost();
      client.end().catch(() => {});
      throw error;
    }
    return client;
  }
}
