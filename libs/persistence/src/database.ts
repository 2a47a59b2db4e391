import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { execute, refreshedPlans } from './statement.ts';

/** Reads outside a transaction. */
@Injectable()
export class Database {
  constructor(readonly dataSource: DataSource) {}

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /** Rows of one statement on any connection of the pool, committed by itself; prepared when `params` are given. */
  async query<R>(sql: string, params?: unknown[]): Promise<R[]> {
    const pool = poolOf(this.dataSource);
    try {
      return await execute<R>(pool, sql, params);
    } catch (error) {
      if (!refreshedPlans(error)) throw error;
      return execute<R>(pool, sql, params);
    }
  }
}

/** The pg pool beneath a data source. */
export const poolOf = (dataSource: DataSource): Pool =>
  (dataSource.driver as unknown as { master: Pool }).master;
