import type { Shop } from '@shop/tools';
import type pg from 'pg';
import { connected } from '@shop/testing';

const databases = ['orders', 'inventory', 'payments'] as const;

interface Column {
  name: string;
  type: string;
  generated: boolean;
}

// Whatever has rows for each order: by its name, or by a column that names an order, its payment or a message about it.
const TABLES = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname !~ '^outbox' AND (
    c.relname IN ('orders', 'payments', 'idempotency_keys') OR EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN ('order_id', 'payment_id', 'message_id')))
  ORDER BY c.relname <> 'orders', c.relname`;
const COLUMNS = `
  SELECT column_name AS name, data_type AS type, is_identity = 'YES' OR is_generated = 'ALWAYS' AS generated
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`;

// The same instant of an earlier hour, and the same random part: copies of a round keep their order, and are older than the real ones.
const EARLIER = `
  CREATE OR REPLACE FUNCTION pg_temp.earlier(id uuid, hours bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((('x' || left(hex, 12))::bit(48)::bigint - hours * 3600000)), 12, '0') || substr(hex, 13))::uuid
    FROM (SELECT replace(id::text, '-', '') AS hex) AS plain
  $$`;

/** Removes every order, wherever it left rows. */
export const forgetOrders = (shop: Shop): Promise<void> =>
  everywhere(shop, async (client, tables) => {
    await client.query(`TRUNCATE ${tables.join(', ')}`);
  });

/** Sets the rows of all orders that there are aside, to be copied. */
export const keepTemplate = (shop: Shop): Promise<void> =>
  everywhere(shop, async (client, tables) => {
    await client.query('CREATE SCHEMA template');
    for (const table of tables)
      await client.query(`CREATE TABLE template.${table} AS SELECT * FROM public.${table}`);
  });

/** Stores the template's orders again under new ids, once for each of these hours before their own time. */
export const copyOrders = (shop: Shop, hours: readonly number[]): Promise<void> =>
  everywhere(shop, async (client, tables) => {
    await client.query(`SET synchronous_commit = off; ${EARLIER}`);
    for (const table of tables) await copyTable(client, table, hours);
  });

/** Has PostgreSQL do now what it would otherwise do in the middle of a measurement. */
export const tidy = (shop: Shop): Promise<void> =>
  everywhere(shop, async (client) => {
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });

async function everywhere(
  shop: Shop,
  work: (client: pg.Client, tables: string[]) => Promise<void>,
): Promise<void> {
  for (const database of databases)
    await connected(shop.databaseUrl(database), async (client) => {
      const { rows } = await client.query<{ name: string }>(TABLES);
      await work(
        client,
        rows.map(({ name }) => name),
      );
    });
}

async function copyTable(client: pg.Client, table: string, hours: readonly number[]): Promise<void> {
  const { rows } = await client.query<Column>(COLUMNS, [table]);
  const columns = rows.filter(({ generated }) => !generated);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(copyOf).join(', ');
  // The oldest first, as they would have come.
  await client.query(
    `INSERT INTO public.${table} (${names})
     SELECT ${values} FROM unnest($1::bigint[]) AS h (hours) CROSS JOIN template.${table} AS t ORDER BY hours DESC`,
    [hours],
  );
}

/** Ids move in time; a client's key only has to be another one. */
const copyOf = ({ name, type }: Column): string => {
  if (type === 'uuid') return `pg_temp.earlier(t."${name}", hours)`;
  return name === 'key' ? `t."${name}" || '~' || hours` : `t."${name}"`;
};
