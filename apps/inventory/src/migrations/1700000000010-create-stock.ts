import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStock1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The rules live in the model; the constraints are the last line against overselling.
    await runner.query(`
      CREATE TABLE stock (
        product_id uuid PRIMARY KEY,
        on_hand integer NOT NULL DEFAULT 0,
        reserved integer NOT NULL DEFAULT 0,
        CONSTRAINT reserved_not_negative CHECK (reserved >= 0),
        CONSTRAINT reserved_on_hand CHECK (on_hand >= reserved)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE reservations (
        order_id uuid PRIMARY KEY,
        state text NOT NULL CHECK (state IN ('RESERVED', 'COMMITTED', 'REJECTED', 'RELEASED', 'EXPIRED')),
        held text NOT NULL CHECK (held IN ('reserved', 'committed', 'nothing')),
        lines jsonb NOT NULL,
        shortages jsonb NOT NULL,
        carrier jsonb NOT NULL,
        expires_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(
      `CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE state = 'RESERVED'`,
    );
    await runner.query(`
      CREATE TABLE stock_adjustments (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        product_id uuid NOT NULL,
        delta integer NOT NULL,
        on_hand integer NOT NULL,
        reason text NOT NULL,
        adjusted_by text NOT NULL,
        adjusted_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX stock_adjustments_of_product ON stock_adjustments (product_id, id)`);
    await runner.query(`
      CREATE TABLE stock_openings (
        product_id uuid PRIMARY KEY,
        quantity integer NOT NULL CHECK (quantity >= 0),
        opened_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE stock_openings, stock_adjustments, reservations, stock`);
  }
}
