import type { Databases } from '../databases.ts';

const PAGE = 10_000;

const KEYS = `
  SELECT caller, key, body->>'id' AS id FROM idempotency_keys
  WHERE (caller, key) > ($1, $2) AND key LIKE 'place-%' ORDER BY caller, key LIMIT $3`;

/** The idempotency keys under which each order was placed. */
export async function placingKeys(databases: Databases): Promise<Map<string, string[]>> {
  const byOrder = new Map<string, string[]>();
  for (let [caller, key] = ['', '']; ;) {
    const rows = await databases.rows<{ caller: string; key: string; id: string }>('orders', KEYS, [
      caller,
      key,
      PAGE,
    ]);
    for (const row of rows) byOrder.set(row.id, [...(byOrder.get(row.id) ?? []), row.key]);
    const last = rows.at(-1);
    if (!last) return byOrder;
    ({ caller, key } = last);
  }
}
