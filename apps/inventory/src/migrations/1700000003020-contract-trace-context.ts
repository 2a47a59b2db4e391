import type { MigrationInterface, QueryRunner } from 'typeorm';
import { KEEP_IN_STEP, NO_LONGER_IN_STEP } from './carrier-in-step.ts';

/** Takes away the old name. Only for the release after the one that expanded: nothing that reads or writes `carrier` may run any more. */
export class ContractTraceContext1700000003020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NO_LONGER_IN_STEP);
    await runner.query(`ALTER TABLE reservations DROP COLUMN carrier`);
    // The check that is there proves it, so the table is not read for it.
    await runner.query(`ALTER TABLE reservations ALTER COLUMN trace_context SET NOT NULL`);
    await runner.query(`ALTER TABLE reservations DROP CONSTRAINT trace_context_known`);
  }

  /** Back to both names, so that the release before the expansion can run again as well. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reservations ADD CONSTRAINT trace_context_known CHECK (trace_context IS NOT NULL)`);
    await runner.query(`ALTER TABLE reservations ALTER COLUMN trace_context DROP NOT NULL`);
    await runner.query(`ALTER TABLE reservations ADD COLUMN carrier jsonb`);
    await runner.query(`UPDATE reservations SET carrier = trace_context`);
    await runner.query(`ALTER TABLE reservations ALTER COLUMN carrier SET NOT NULL`);
    await runner.query(KEEP_IN_STEP);
  }
}
