import type { MigrationInterface, QueryRunner } from 'typeorm';

const BATCH = 1_000;

/** Fills the new column of the rows that were there before, while both releases go on writing. */
export class FillTraceContext1700000003011 implements MigrationInterface {
  // Each batch commits by itself, so nobody waits for its locks longer than that; run again, it goes on where it ended.
  transaction = false as const;

  async up(runner: QueryRunner): Promise<void> {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after) after = await fill(runner, after);
    // Checks the rows that are there without keeping anybody from writing.
    await runner.query(`ALTER TABLE reservations DROP CONSTRAINT IF EXISTS trace_context_known`);
    await runner.query(`
      ALTER TABLE reservations ADD CONSTRAINT trace_context_known CHECK (trace_context IS NOT NULL) NOT VALID`);
    await runner.query(`ALTER TABLE reservations VALIDATE CONSTRAINT trace_context_known`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE reservations DROP CONSTRAINT IF EXISTS trace_context_known`);
  }
}

/** Fills one batch and answers its last key. In the order of the keys, as everybody locks reservations, so that nobody waits for each other. */
async function fill(runner: QueryRunner, after: string): Promise<string | undefined> {
  const [filled] = (await runner.query(
    `WITH batch AS (
       SELECT order_id FROM reservations WHERE order_id > $1 AND trace_context IS NULL
       ORDER BY order_id LIMIT $2 FOR UPDATE
     ), filled AS (
       UPDATE reservations SET trace_context = carrier FROM batch
       WHERE reservations.order_id = batch.order_id RETURNING reservations.order_id
     )
     SELECT order_id AS last FROM filled ORDER BY order_id DESC LIMIT 1`,
    [after, BATCH],
  )) as { last: string }[];
  return filled?.last;
}
