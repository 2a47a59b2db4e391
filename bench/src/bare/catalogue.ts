import fastify from 'fastify';
import { pool, run } from './database.ts';
import { listen } from './listen.ts';

interface Row {
  id: string;
  sku: string;
  name: string;
  description: string;
  category: string;
  amount: number;
  currency: string;
  version: number;
  updatedAt: Date;
}

// The catalogue's own statements and answers, with nothing around them.
const COLUMNS = `id, sku, name, description, category, price_amount::float8 AS amount, price_currency AS currency,
  version, updated_at AS "updatedAt"`;
const ONE = `SELECT ${COLUMNS} FROM products WHERE id = $1`;
const LIST = `SELECT ${COLUMNS} FROM products ORDER BY name ASC, id ASC LIMIT $1`;
const SEARCH = `
  SELECT ${COLUMNS} FROM products
  WHERE search @@ (to_tsquery('english', $1) || to_tsquery('simple', $1)) ORDER BY name ASC, id ASC LIMIT $2`;

const product = ({ amount, currency, version, updatedAt, ...row }: Row) => ({
  ...row,
  price: { amount, currency },
  available: null,
  version,
  updatedAt: updatedAt.toISOString(),
});

const app = fastify();

app.get<{ Querystring: { query?: string; limit?: string } }>('/v1/products', async ({ query }) => {
  const limit = Number(query.limit ?? 20);
  const words = query.query
    ?.split(' ')
    .map((word) => `'${word}':*`)
    .join(' & ');
  const rows = await (words ? run<Row>(pool, SEARCH, [words, limit + 1]) : run<Row>(pool, LIST, [limit + 1]));
  const items = rows.slice(0, limit).map(product);
  // The shop's cursor is signed; whoever gets none here has seen the last page.
  const nextCursor =
    rows.length > limit ? Buffer.from(JSON.stringify(items.at(-1)?.name)).toString('base64url') : null;
  return { items, nextCursor };
});

app.get<{ Params: { id: string } }>('/v1/products/:id', async ({ params }, reply) => {
  const [row] = await run<Row>(pool, ONE, [params.id]);
  if (!row) return reply.status(404).send({ code: 'product/not-found' });
  return reply.header('etag', `"${row.version}"`).send(product(row));
});

await listen(app);
