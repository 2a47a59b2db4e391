import type { MigrationInterface, QueryRunner } from 'typeorm';
import { KEEP_IN_STEP, NO_LONGER_IN_STEP } from './carrier-in-step.ts';

/** `carrier` becomes `trace_context`, because a carrier in a stock table sounds like a parcel service. The release before still writes the old name. */
export class ExpandTraceContext1700000003010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Nullable and without a default: the lock is held for an instant, however large the table is.
    await runner.query(`ALTER TABLE reservations ADD COLUMN trace_context jsonb`);
    await runner.query(KEEP_IN_STEP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(NO_LONGER_IN_STEP);
    await runner.query(`ALTER TABLE reservations DROP COLUMN trace_context`);
  }
}
