import type { PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { cork, execute } from './statement.ts';

/** One open transaction. Whatever must be atomic takes it as an argument, so that a dual write cannot be written by accident. */
export class Tx {
  readonly #client: PoolClient;
  readonly #beforeCommit: (() => Promise<void>)[] = [];
  readonly #underWay: Promise<void>[] = [];
  readonly #afterCommit: (() => void)[] = [];

  constructor(
    client: PoolClient,
    readonly manager: EntityManager,
  ) {
    this.#client = client;
  }

  /**
   * Rows of one statement, straight from the driver; prepared when `params` are given. Independent statements started together
   * (`Promise.all`) travel together and run in that order.
   */
  query<R>(sql: string, params?: unknown[]): Promise<R[]> {
    return execute<R>(this.#client, sql, params);
  }

  /** Runs inside the transaction, after the work and in order of registration; a throw rolls everything back. */
  beforeCommit(hook: () => Promise<void>): void {
    this.#beforeCommit.push(hook);
  }

  /**
   * A statement whose rows nobody needs before the commit: it leaves at once and in its order, the next ones do not wait for its answer,
   * and when it fails everything is rolled back.
   */
  write<R>(sql: string, params: unknown[], rows: (rows: R[]) => void = () => {}): void {
    const answered = this.query<R>(sql, params).then(rows);
    // Heard at the commit; work that fails before must not leave it unheard.
    answered.catch(() => {});
    this.#underWay.push(answered);
  }

  /** Runs once the commit is durable, never after a rollback; a throw is logged, since nothing can be undone any more. */
  afterCommit(hook: () => void): void {
    this.#afterCommit.push(hook);
  }

  /** @internal */
  async commit(): Promise<void> {
    // A hook may register another one, so the list is read again after each.
    for (let next = this.#beforeCommit.shift(); next; next = this.#beforeCommit.shift()) await next();
    cork(this.#client);
    const [{ command }] = await Promise.all([this.#client.query('COMMIT'), ...this.#underWay]);
    // PostgreSQL answers the COMMIT of a failed transaction with a silent ROLLBACK; work that swallowed an SQL error must not look committed.
    if (command !== 'COMMIT') throw new Error('a statement had failed, so the transaction was rolled back');
  }

  /** @internal */
  committed(onError: (error: unknown) => void): void {
    for (const hook of this.#afterCommit) {
      try {
        hook();
      } catch (error) {
        onError(error);
      }
    }
  }
}
