import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { runMigrations } from '@shop/persistence';
import { anAddress, testDatabase, type TestDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { migrations } from './index.ts';

const before = migrations.filter(({ name }) => !name.includes('ShippingAddresses'));

/** As the version before places it. */
const INSERT = `
  INSERT INTO orders (id, customer_id, lines, total_amount, currency, payment_token, shipping_address)
  SELECT id, 'alice', '[]', 100, 'EUR', 'tok_ok', $2 FROM unnest($1::uuid[]) AS id`;

describe('addresses that move out of the orders', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeEach(async () => {
    database = await testDatabase();
    await runMigrations({ url: database.url, migrations: before });
    // One connection, because a role is set on it.
    source = await new DataSource({
      type: 'postgres',
      url: database.url,
      migrations,
      extra: { max: 1 },
    }).initialize();
  });
  afterEach(async () => {
    await source.destroy();
    await database.drop();
  });

  const insert = (...ids: string[]) => source.query(INSERT, [ids, anAddress()]);
  const rows = (sql: string, params: unknown[] = []) => source.query<unknown[]>(sql, params);
  const left = () => rows('SELECT id FROM orders WHERE shipping_address IS NOT NULL');
  const addressOf = (id: string) => rows('SELECT address FROM shipping_addresses WHERE order_id = $1', [id]);

  it('are all there afterwards, and only there, however many they are', async () => {
    const ids = Array.from({ length: 2_500 }, () => newId());
    await insert(...ids);
    await runMigrations({ url: database.url, migrations });
    expect(await rows('SELECT count(*)::int AS n FROM shipping_addresses')).toEqual([{ n: 2_500 }]);
    expect(await addressOf(ids[1_234]!)).toEqual([{ address: anAddress() }]);
    expect(await left()).toEqual([]);
  });

  it('take the tokens of orders that have ended with them', async () => {
    const [open, ended] = [newId(), newId()];
    await insert(open, ended);
    await source.query(`UPDATE orders SET status = 'CONFIRMED' WHERE id = $1`, [ended]);
    await runMigrations({ url: database.url, migrations });
    expect(await rows('SELECT id, payment_token AS token FROM orders ORDER BY payment_token')).toEqual([
      { id: open, token: 'tok_ok' },
      { id: ended, token: null },
    ]);
  });

  it('follow also when the version before goes on placing orders, with no more rights than it had', async () => {
    const role = `old_${newId().replaceAll('-', '')}`;
    await source.query(`CREATE ROLE ${role}; GRANT INSERT, SELECT ON orders TO ${role}`);
    await runMigrations({ url: database.url, migrations });
    const id = newId();
    await source.query(`SET ROLE ${role}`);
    // PostgreSQL looks here first, also on behalf of somebody else, unless it is told otherwise.
    await source.query('CREATE TEMP TABLE shipping_addresses (order_id uuid, address jsonb)');
    await insert(id).finally(() => source.query('RESET ROLE'));
    await source.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    expect(await addressOf(id)).toEqual([{ address: anAddress() }]);
    expect(await left()).toEqual([]);
  });

  it('come back when the change is taken back, but for those that were erased', async () => {
    const [kept, erased] = [newId(), newId()];
    await insert(kept, erased);
    await runMigrations({ url: database.url, migrations });
    await source.query('DELETE FROM shipping_addresses WHERE order_id = $1', [erased]);
    for (const _ of migrations.slice(0, migrations.length - before.length)) await source.undoLastMigration();
    expect(await left()).toEqual([{ id: kept }]);
    await insert(newId());
  });
});
