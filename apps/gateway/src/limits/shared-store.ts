import { isIP } from 'node:net';
import { logger } from '@shop/tracing';
import { Redis } from 'ioredis';

const log = logger('limits');
/** Milliseconds. A limit is not worth waiting for: the request behind it has ten seconds in all. */
const patience = { connect: 1_000, command: 100, away: 1_000, reconnectAtMost: 2_000 };

/** Counts that replicas of the gateway share, in Redis or what speaks its protocol. While it is away, each counts for itself. */
export class SharedStore {
  readonly client: Redis;
  private skipUntil = 0;
  private away = false;
  private late = 0;

  /** `commandMs`: how long a count is waited for. */
  constructor(url: string, commandMs = patience.command) {
    const { protocol, hostname } = new URL(url);
    this.client = new Redis(url, {
      // Who passes the connection on unread, as a mesh does, must be told for whom it is (RFC 6066, 3: names alone, no addresses).
      ...(protocol === 'rediss:' &&
        isIP(hostname.replace(/[[\]]/g, '')) === 0 && { tls: { servername: hostname } }),
      lazyConnect: true,
      connectTimeout: patience.connect,
      commandTimeout: commandMs,
      // A command fails at once while there is no connection, rather than wait for one.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, patience.reconnectAtMost),
    });
    this.client.on('error', (error: Error) => this.lost(error));
  }

  /** Resolves when it is connected, or was found to be away; it goes on trying. */
  async connect(): Promise<void> {
    await this.client.connect().catch((error: Error) => this.lost(error));
  }

  close(): void {
    this.client.disconnect();
  }

  /** What `count` resolves to, or undefined when the store is late, or away. */
  async unlessAway<T>(count: () => Promise<T>): Promise<T | undefined> {
    if (performance.now() < this.skipUntil) return undefined;
    try {
      const result = await count();
      if (this.away) log.info('the store of the rate limits is back');
      this.away = false;
      this.late = 0;
      return result;
    } catch (error) {
      // One answer that is late says nothing about the next.
      if (this.client.status !== 'ready' || ++this.late > 1) this.lost(error as Error);
      return undefined;
    }
  }

  private lost(err: Error): void {
    this.skipUntil = performance.now() + patience.away;
    if (!this.away)
      log.warn({ err }, 'the store of the rate limits is away, so each replica counts for itself');
    this.away = true;
  }
}
