import pg from 'pg';

/**
 * Gives up connecting after 5 s. The pool's own `connectionTimeoutMillis` would also set a timer for each borrower, and who waits for a
 * connection waits in {@link Turns} already.
 */
export class TimelyClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: config?.connectionTimeoutMillis ?? 5_000 });
  }
}
