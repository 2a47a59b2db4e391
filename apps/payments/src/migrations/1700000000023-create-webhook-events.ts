import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhookEvents1700000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_events (
        provider text NOT NULL,
        id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (provider, id)
      )`);
    await runner.query(`CREATE INDEX webhook_events_by_age ON webhook_events (received_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webhook_events`);
  }
}
