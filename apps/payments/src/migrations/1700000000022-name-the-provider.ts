import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The default is for the release before, which names none and knows only the sandbox; `PSP` is set once none of it runs. */
export class NameTheProvider1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE payments ADD COLUMN provider text NOT NULL DEFAULT 'sandbox'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE payments DROP COLUMN provider`);
  }
}
