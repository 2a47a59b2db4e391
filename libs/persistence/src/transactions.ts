import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { isInfrastructureError } from '@shop/resilience';
import { logger } from '@shop/tracing';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { poolOf } from './database.ts';
import { sqlState } from './sql-state.ts';
import { cork, refreshedPlans } from './statement.ts';
import { turnsAt, type Turns, type Urgency } from './turns.ts';
import { Tx } from './tx.ts';

// Deadlock and serialization failure.
const CONFLICT = new Set(['40P01', '40001']);
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 30;

/** Runs work in READ COMMITTED transactions: BEGIN, the work, COMMIT, and no statement of its own beyond that. */
@Injectable()
export class Transactions {
  readonly #log = logger('transactions');

  readonly #turns: Turns;

  constructor(private readonly dataSource: DataSource) {
    // As many as there are connections: in the pool's own queue all would be equal, and messages would wait behind a rush of requests.
    this.#turns = turnsAt(poolOf(dataSource));
  }

  /**
   * Commits what `work` did, or nothing. A deadlock victim runs again, so `work` must be a function of its `tx` only. When all connections
   * are taken, `new` work waits until no other does.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, urgency: Urgency = 'accepted'): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#turns.run(urgency, () => this.#once(work));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !canSucceedAgain(error)) throw error;
        this.#log.debug({ attempt, err: error }, 'the transaction runs again');
        // Two that meet again at once would only lock each other again.
        await setTimeout(Math.random() * PAUSE_MS * attempt);
      }
    }
  }

  async #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const tx = new Tx(client, runner.manager);
    // Or the entity manager would begin and commit what it saves by itself.
    Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    let result: T;
    try {
      begin(client);
      result = await work(tx);
      await tx.commit();
    } catch (error) {
      await rollback(client, error);
      throw error;
    } finally {
      await runner.release();
    }
    tx.committed((error) => this.#log.error({ err: error }, 'a hook after commit failed'));
    return result;
  }
}

const canSucceedAgain = (error: unknown): boolean =>
  CONFLICT.has(sqlState(error) ?? '') || refreshedPlans(error);

/**
 * Travels with the first statement of the work. On a live connection PostgreSQL only refuses a BEGIN inside a failed transaction, and then
 * refuses all that follows as well; so nobody needs to wait for it.
 */
function begin(client: PoolClient): void {
  cork(client);
  client.query('BEGIN').catch(() => {});
}

async function rollback(client: PoolClient, reason: unknown): Promise<void> {
  // On a lost connection the server rolls back by itself, and waiting for its answer would be in vain.
  const lost =
    isInfrastructureError(reason) ||
    (await client.query('ROLLBACK').then(
      () => false,
      () => true,
    ));
  // Ended, so that the pool does not lend it again.
  if (lost) client.end(() => {});
}
