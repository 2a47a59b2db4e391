import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, its lanes and the inbox: an app that publishes or consumes in transactions lists this among its migrations. */
export class CreateMessagingTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The primary key starts with the lane, because a relay reads and deletes by lane, in order of id.
    // A small, busy table. Vacuumed early, or dead rows pile up in front of the live ones. Never shrunk or analysed: a plan
    // that was made while it was tiny reads all of it, and would do so during an outage, when it is not.
    await runner.query(`
      CREATE TABLE outbox (
        lane smallint NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        message_id uuid NOT NULL,
        topic text NOT NULL,
        key text NOT NULL,
        type text NOT NULL,
        headers json NOT NULL,
        payload text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        attempts integer NOT NULL DEFAULT 0,
        blocked_until timestamptz,
        last_error text,
        PRIMARY KEY (lane, id)
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = false, autovacuum_analyze_threshold = 2147483647)`);
    await runner.query('CREATE INDEX outbox_key ON outbox (key)');
    await runner.query('CREATE INDEX outbox_blocked ON outbox (key) WHERE blocked_until IS NOT NULL');
    await runner.query(`
      CREATE TABLE outbox_lanes (
        lane smallint PRIMARY KEY,
        owner uuid,
        fence bigint NOT NULL DEFAULT 0,
        leased_until timestamptz NOT NULL DEFAULT '-infinity'
      ) WITH (fillfactor = 50)`);
    await runner.query('INSERT INTO outbox_lanes (lane) SELECT generate_series(0, 15)');
    await runner.query(
      'CREATE TABLE outbox_relays (relay uuid PRIMARY KEY, alive_until timestamptz NOT NULL)',
    );
    await runner.query(`
      CREATE TABLE inbox (
        consumer text NOT NULL,
        message_id uuid NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, message_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['inbox', 'outbox_relays', 'outbox_lanes', 'outbox'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
