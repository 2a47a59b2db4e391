import type { MigrationInterface, QueryRunner } from 'typeorm';

const BATCH = 1_000;

/** In batches that commit by themselves: sagas that run meanwhile wait for no more than one. Whatever interrupts it, it goes on where it was. */
export class MoveShippingAddresses1700000001003 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    let moved: number;
    do {
      const [{ count }] = (await runner.query(MOVE, [BATCH])) as [{ count: number }];
      moved = count;
    } while (moved === BATCH);
  }

  /** The table's own migration takes the addresses back; payment tokens are gone. */
  async down(): Promise<void> {}
}

const MOVE = `
  WITH batch AS (
    SELECT id, shipping_address FROM orders WHERE shipping_address IS NOT NULL LIMIT $1 FOR UPDATE
  ), moved AS (
    INSERT INTO shipping_addresses SELECT id, shipping_address FROM batch
  ), cleared AS (
    UPDATE orders o SET shipping_address = NULL, payment_token = CASE WHEN o.status = 'PENDING' THEN o.payment_token END
    FROM batch WHERE o.id = batch.id
  )
  SELECT count(*)::int AS count FROM batch`;
