import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { execute, refreshedPlans } from './statement.ts';
import { turnsAt, type Turns, type Urgency } from './turns.ts';

/** Single statements outside a transaction. */
@Injectable()
export class Database {
  readonly #pool: Pool;
  readonly #turns: Turns;

  constructor(readonly dataSource: DataSource) {
    this.#pool = poolOf(dataSource);
    this.#turns = turnsAt(this.#pool);
  }

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /** Rows of one statement on any connection of the pool, committed by itself; prepared when `params` are given. */
  query<R>(sql: string, params?: unknown[], urgency: Urgency = 'new'): Promise<R[]> {
    return this.#turns.run(urgency, async () => {
      try {
        return await execute<R>(this.#pool, sql, params);
      } catch (error) {
        if (!refreshedPlans(error)) throw error;
        return execute<R>(this.#pool, sql, params);
      }
    });
  }
}

/** The pg pool beneath a data source. */
export const poolOf = (dataSource: DataSource): Pool =>
  (dataSource.driver as unknown as { master: Pool }).master;
