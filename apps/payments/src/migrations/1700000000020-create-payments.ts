import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePayments1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Without an amount it is a tombstone: the cancellation came before the payment.
    await runner.query(`
      CREATE TABLE payments (
        id uuid PRIMARY KEY,
        order_id uuid NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('AUTHORISING', 'AUTHORISED', 'DECLINED', 'CAPTURING', 'CAPTURED',
          'CANCELLING', 'VOIDED', 'REFUNDING', 'REFUNDED')),
        amount bigint CHECK (amount >= 0),
        currency text,
        token text,
        psp_id text,
        refusal jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE INDEX payments_unfinished ON payments (order_id)
      WHERE state IN ('AUTHORISING', 'AUTHORISED', 'CAPTURING', 'CANCELLING', 'REFUNDING')`);
    // One open call per payment: a newer one takes its place and raises its version. Calls and entries are only written beside
    // their payment, so foreign keys would cost a lookup for each row and never find anything.
    await runner.query(`
      CREATE TABLE psp_calls (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        payment_id uuid NOT NULL,
        step text NOT NULL CHECK (step IN ('authorise', 'capture', 'void', 'refund', 'query')),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
        version integer NOT NULL DEFAULT 1,
        attempts integer NOT NULL DEFAULT 0,
        uncertain boolean NOT NULL DEFAULT false,
        due_at timestamptz NOT NULL DEFAULT now(),
        claimed_by uuid,
        carrier jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE UNIQUE INDEX psp_calls_one_open ON psp_calls (payment_id) WHERE state = 'open'`,
    );
    await runner.query(
      `CREATE TABLE psp_workers (worker uuid PRIMARY KEY, alive_until timestamptz NOT NULL)`,
    );
    await runner.query(`
      CREATE TABLE ledger_entries (
        payment_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('capture', 'refund')),
        account text NOT NULL,
        amount bigint NOT NULL,
        currency text NOT NULL,
        booked_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (payment_id, kind, account)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ledger_entries, psp_workers, psp_calls, payments`);
  }
}
