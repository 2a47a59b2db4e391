import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrders1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orders (
        id uuid PRIMARY KEY,
        customer_id text NOT NULL,
        status text NOT NULL DEFAULT 'PENDING'
          CHECK (status IN ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'REFUNDED')),
        lines jsonb NOT NULL,
        total_amount bigint NOT NULL CHECK (total_amount >= 0),
        currency text NOT NULL,
        payment_token text NOT NULL,
        shipping_address jsonb NOT NULL,
        reason jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX orders_of_customer ON orders (customer_id, id)');
    await runner.query('CREATE INDEX orders_of_customer_by_status ON orders (customer_id, status, id)');
    await runner.query(`
      CREATE TABLE order_sagas (
        order_id uuid PRIMARY KEY REFERENCES orders (id),
        state text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        deadline timestamptz,
        timeline_seq integer NOT NULL,
        trace_parent text NOT NULL
      ) WITH (fillfactor = 80)`);
    // Orders at rest have no deadline, so this stays as small as what is under way.
    await runner.query(
      'CREATE INDEX order_sagas_under_way ON order_sagas (deadline) WHERE deadline IS NOT NULL',
    );
    // No foreign key: its check would cost every entry a look-up, and entries are written only beside their locked saga.
    await runner.query(`
      CREATE TABLE order_timeline (
        order_id uuid NOT NULL,
        seq integer NOT NULL,
        at timestamptz NOT NULL,
        service text NOT NULL,
        type text NOT NULL,
        detail jsonb NOT NULL,
        trace_id text NOT NULL,
        PRIMARY KEY (order_id, seq)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE order_timeline, order_sagas, orders');
  }
}
