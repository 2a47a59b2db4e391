import type { Shop } from '@shop/tools';
import { PLENTY } from './arena.ts';
import { connected } from '@shop/testing';

const words = {
  material: [
    'oak',
    'steel',
    'linen',
    'walnut',
    'copper',
    'wool',
    'glass',
    'bamboo',
    'leather',
    'enamel',
    'cork',
    'brass',
  ],
  thing: [
    'lamp',
    'mug',
    'chair',
    'kettle',
    'notebook',
    'backpack',
    'skillet',
    'blanket',
    'vase',
    'clock',
    'tray',
    'stool',
  ],
};

/** Queries that find a handful among a hundred products and many among a hundred thousand. */
export const searches = words.material.map((material, index) => `${material} ${words.thing[index]}`);

const list = (names: string[]) => `(ARRAY[${names.map((name) => `'${name}'`).join(', ')}])`;

const FILL = `
  INSERT INTO products (id, sku, name, description, category, price_amount, price_currency)
  SELECT uuidv7(), 'BENCH-' || n, initcap(material || ' ' || thing) || ' ' || n,
    'A ' || thing || ' of ' || material || ', made to last: number ' || n || ' of a small series that nobody else has.',
    (ARRAY['kitchen', 'home', 'office', 'travel'])[1 + n % 4], 500 + n % 9500, 'EUR'
  FROM generate_series(1, $1) AS n
    CROSS JOIN LATERAL (SELECT ${list(words.material)}[1 + n % 12] AS material, ${list(words.thing)}[1 + n / 12 % 12] AS thing) AS w`;

/** Exactly so many products, all of them in stock, in place of those that were there. Answers some of their ids. */
export async function fillCatalogue(shop: Shop, count: number): Promise<string[]> {
  const ids = await connected(shop.databaseUrl('catalog'), async (client) => {
    await client.query('TRUNCATE products');
    await client.query(FILL, [count]);
    await client.query('VACUUM ANALYZE products');
    const { rows } = await client.query<{ id: string }>('SELECT id FROM products');
    return rows.map(({ id }) => id);
  });
  await connected(shop.databaseUrl('inventory'), async (client) => {
    await client.query(
      `INSERT INTO stock (product_id, on_hand) SELECT unnest($1::uuid[]), ${PLENTY} ON CONFLICT DO NOTHING`,
      [ids],
    );
    await client.query('VACUUM ANALYZE stock');
  });
  const step = Math.max(1, Math.floor(ids.length / 1_000));
  return ids.filter((_, index) => index % step === 0);
}
