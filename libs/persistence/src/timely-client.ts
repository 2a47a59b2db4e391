import pg from 'pg';

/**
 * Gives up connecting after 5 s. The pool's own `connectionTimeoutMillis` would also set a timer for each borrower, and who waits for a
 * connection waits in {@link Turns} already.
 */
export class TimelyClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    // The pool hides the password from whoever lists its options.
    const { password, connectionTimeoutMillis = 5_000 } = config ?? {};
    super({ ...config, password, connectionTimeoutMillis });
  }
}
