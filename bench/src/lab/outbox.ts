import type { Shop } from '@shop/tools';
import kafkajs from 'kafkajs';
import { paceOf } from '../measure/pace.ts';
import { connected } from '@shop/testing';

const TOPIC = 'shop.catalog.events.v1';
const LANES = 16;
const MARK = 'RELAYED-';

// Each has a key of its own, so the lanes share them evenly.
const FILL = `
  INSERT INTO outbox (lane, message_id, topic, key, type, headers, payload)
  SELECT n % ${LANES}, uuidv7(), '${TOPIC}', id, 'shop.catalog.product-changed.v1',
    json_build_object('ce_source', 'catalog', 'ce_time', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    json_build_object('productId', id, 'sku', '${MARK}' || n, 'name', 'A product that everybody has to hear of',
      'price', json_build_object('amount', 1999, 'currency', 'EUR'), 'version', 1)
  FROM (SELECT n, uuidv7()::text AS id FROM generate_series(1, $1) AS n) AS fresh`;

/** Puts so many events about new products into the catalogue's outbox and waits until its relays have sent them; answers how many a second. */
export async function relayed(shop: Shop, messages: number): Promise<number> {
  const admin = new kafkajs.Kafka({ brokers: shop.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const end = async () =>
    (await admin.fetchTopicOffsets(TOPIC)).reduce((sum, { high }) => sum + Number(high), 0);
  try {
    const before = await end();
    await connected(shop.databaseUrl('catalog'), async (client) => {
      await client.query(FILL, [messages]);
      const lanes = Array.from({ length: LANES }, (_, lane) => lane).join(',');
      await client.query(`SELECT pg_notify('outbox', $1)`, [lanes]);
    });
    return await paceOf(messages, async () => (await end()) - before);
  } finally {
    await admin.disconnect();
  }
}

/** Waits until orders has taken note of all of these products, and forgets them again; answers how many a second that were. */
export const handled = (shop: Shop, messages: number): Promise<number> =>
  connected(shop.databaseUrl('orders'), async (client) => {
    const known = `FROM products WHERE sku LIKE '${MARK}%'`;
    const rate = await paceOf(messages, async () => {
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count ${known}`);
      return rows[0]?.count ?? 0;
    });
    await client.query(`DELETE ${known}`);
    return rate;
  });
