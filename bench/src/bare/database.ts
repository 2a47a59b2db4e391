import pg from 'pg';

export const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  // As in the shop: statements that were started together travel together.
  ...({ pipeline: true } as object),
});

const names = new Map<string, string>();

/** Runs a prepared statement. */
export async function run<R extends object>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: unknown[],
): Promise<R[]> {
  let name = names.get(text);
  if (!name) names.set(text, (name = `s${names.size}`));
  return (await on.query<R>({ name, text, values })).rows;
}

/** A transaction of two round trips: `read` goes out with the BEGIN, and what `write` starts with the COMMIT. */
export async function inTransaction<A, B>(
  read: (client: pg.PoolClient) => Promise<A>,
  write: (client: pg.PoolClient, found: A) => Promise<B>,
): Promise<B> {
  const client = await pool.connect();
  try {
    const [, found] = await Promise.all([client.query('BEGIN'), read(client)]);
    const [written] = await Promise.all([write(client, found), client.query('COMMIT')]);
    client.release();
    return written;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const CLAIM = `
  INSERT INTO inbox (consumer, message_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id AS id`;

/** Notes the ids as handled; answers those that were not before. */
export async function claim(client: pg.PoolClient, consumer: string, ids: string[]): Promise<Set<string>> {
  return new Set((await run<{ id: string }>(client, CLAIM, [consumer, ids])).map(({ id }) => id));
}
