import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { Letter } from '../checks/letters.ts';
import type { StockRow } from '../checks/stock.ts';
import type { Databases } from '../databases.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The stock of every product that the run has put on the shelves. */
export async function readStock(
  databases: Databases,
  added: ReadonlyMap<string, number>,
): Promise<StockRow[]> {
  const rows = await databases.rows<Omit<StockRow, 'added'>>('inventory', STOCK, [[...added.keys()]]);
  return rows.map((row) => ({ ...row, added: added.get(row.productId) ?? 0 }));
}

const STOCK = `
  WITH sold AS (
    SELECT line."productId" AS id, sum(line.quantity) AS units
    FROM reservations r, jsonb_to_recordset(r.lines) AS line ("productId" uuid, quantity integer)
    WHERE r.state = 'COMMITTED' GROUP BY 1
  ), adjusted AS (SELECT product_id AS id, sum(delta) AS units FROM stock_adjustments GROUP BY 1)
  SELECT s.product_id AS "productId", s.on_hand::float8 AS "onHand", s.reserved::float8 AS reserved,
    coalesce(sold.units, 0)::float8 AS committed, coalesce(adjusted.units, 0)::float8 AS adjusted
  FROM stock s LEFT JOIN sold ON sold.id = s.product_id LEFT JOIN adjusted ON adjusted.id = s.product_id
  WHERE s.product_id = ANY($1::uuid[])`;

/** All dead letters, as the operator's command lists them. */
export async function readLetters(brokers: string[]): Promise<Letter[]> {
  const env = { ...process.env, KAFKA_BROKERS: brokers.join(',') };
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'dlq', '--', 'list', '--json'], {
    cwd: root,
    env,
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Letter[];
}
