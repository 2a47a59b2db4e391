import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table behind {@link Audit}; an app that uses it lists this among its migrations. Its role may only add to it and read it. */
export class CreateAuditRecords1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_records (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        before jsonb,
        after jsonb,
        trace_id text NOT NULL
      )`);
    await runner.query('CREATE INDEX audit_records_of_subject ON audit_records (subject, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_records');
  }
}
