import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The copy of the catalogue that orders are priced from. */
export class CreateProducts1700000001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE products (
        id uuid PRIMARY KEY,
        sku text NOT NULL,
        name text NOT NULL,
        price_amount bigint NOT NULL,
        currency text NOT NULL,
        version integer NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE products');
  }
}
