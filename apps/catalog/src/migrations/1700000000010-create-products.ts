import type { MigrationInterface, QueryRunner } from 'typeorm';

// Words as people type them: accents folded, punctuation gone, so that `cafe` finds Café and `pour over` finds pour-over.
// search-words.ts does the same to a query.
const WORDS = String.raw`lower(regexp_replace(regexp_replace(
  normalize(sku || ' ' || name || ' ' || description, NFKD) COLLATE "und-x-icu",
  '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))`;

export class CreateProducts1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Names sort as people expect in every database, whatever its own collation is.
    await runner.query(`
      CREATE TABLE products (
        id uuid PRIMARY KEY,
        sku text NOT NULL CONSTRAINT products_sku UNIQUE,
        name text COLLATE "und-x-icu" NOT NULL,
        description text NOT NULL,
        category text COLLATE "C" NOT NULL,
        price_amount bigint NOT NULL CHECK (price_amount >= 0),
        price_currency text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        search tsvector GENERATED ALWAYS AS (to_tsvector('english', ${WORDS}) || to_tsvector('simple', ${WORDS})) STORED
      )`);
    await runner.query(`CREATE INDEX products_search ON products USING gin (search)`);
    // One index per way to walk the list; the primary key, a UUIDv7, serves the newest first.
    await runner.query(`CREATE INDEX products_by_name ON products (name, id)`);
    await runner.query(`CREATE INDEX products_by_price ON products (price_amount, id)`);
    await runner.query(`CREATE INDEX products_by_category_name ON products (category, name, id)`);
    await runner.query(`CREATE INDEX products_by_category_price ON products (category, price_amount, id)`);
    await runner.query(`CREATE INDEX products_by_category_newest ON products (category, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE products`);
  }
}
