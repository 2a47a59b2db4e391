import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table behind {@link Idempotency}; an app that uses it lists this among its migrations. */
export class CreateIdempotencyKeys1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // json, not jsonb: a replay is byte for byte the first answer.
    await runner.query(`
      CREATE TABLE idempotency_keys (
        caller text NOT NULL,
        key text NOT NULL,
        fingerprint bytea NOT NULL,
        status smallint NOT NULL,
        body json,
        headers json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (caller, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
