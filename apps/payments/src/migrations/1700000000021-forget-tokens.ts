import type { MigrationInterface, QueryRunner } from 'typeorm';

const BATCH = 1_000;

/** Tokens of payments that have been authorised or will never be, in batches that commit by themselves: calls that are made meanwhile wait for no more than one. */
export class ForgetTokens1700000000021 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    let forgotten: number;
    do {
      const [{ count }] = (await runner.query(FORGET, [BATCH])) as [{ count: number }];
      forgotten = count;
    } while (forgotten === BATCH);
  }

  /** They are gone, and nothing asks for them. */
  async down(): Promise<void> {}
}

const FORGET = `
  WITH batch AS (
    SELECT id FROM payments WHERE token IS NOT NULL AND state NOT IN ('AUTHORISING', 'CANCELLING') LIMIT $1 FOR UPDATE
  ), forgotten AS (
    UPDATE payments p SET token = NULL FROM batch WHERE p.id = batch.id
  )
  SELECT count(*)::int AS count FROM batch`;
