import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connected, Scrape } from '@shop/testing';
import { places } from '@shop/tools';
import pg from 'pg';
import { quietKafka, readRecords, stretchesOf } from '../faults/records.ts';
import type { OwnShop } from '../support/shop.ts';

/** Some text, and where it was found. */
export interface Reading {
  place: string;
  text: string;
}

/** The source that messages name which were broken on purpose. */
export const BROKEN = 'broken';

/** Every value of every table, as `table orders.shipping_addresses.street`. */
export async function readTables(databases: OwnShop['databases']): Promise<Reading[]> {
  const readings = Object.entries(databases).map(([database, url]) =>
    connected(url, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
      );
      const found: Reading[] = [];
      for (const { name } of tables) {
        const { rows } = await client.query<{ row: Record<string, unknown> }>(
          `SELECT to_jsonb(t) AS row FROM ${pg.escapeIdentifier(name)} t`,
        );
        for (const [column, value] of rows.flatMap(({ row }) => Object.entries(row)))
          found.push({ place: `table ${database}.${name}.${column}`, text: textOf(value) });
      }
      return found;
    }),
  );
  return (await Promise.all(readings)).flat();
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every message of every topic, also of those to retry and to bury: key, value and each header by itself. */
export async function readTopics(brokers: string[]): Promise<Reading[]> {
  const kafka = quietKafka(brokers);
  const admin = kafka.admin();
  await admin.connect();
  const names = (await admin.listTopics().finally(() => admin.disconnect())).filter(
    (name) => !name.startsWith('__'),
  );
  const readings: Reading[] = [];
  await readRecords(kafka, await stretchesOf(kafka, names), ({ topic, key, value, headers }) => {
    const parts = { key, value, ...prefixed('header ', headers) };
    const of = String(headers['ce_source']) === BROKEN ? ' of a broken message' : '';
    for (const [part, content] of Object.entries(parts))
      if (content !== null) readings.push({ place: `topic ${topic} ${part}${of}`, text: String(content) });
  });
  return readings;
}

const prefixed = (prefix: string, entries: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [prefix + name, value]));

/** Every line of every process's log, with its number. */
export function readLogs(dataDir: string): Reading[] {
  const { logs } = places(dataDir);
  return readdirSync(logs).flatMap((file) =>
    readFileSync(join(logs, file), 'utf8')
      .split('\n')
      .map((text, index) => ({ place: `log ${file}:${index + 1}`, text })),
  );
}

/** What a service shows to whoever scrapes it. */
export const readMetrics = (urls: OwnShop['urls']): Promise<Reading[]> =>
  Promise.all(
    Object.entries(urls).map(async ([service, url]) => ({
      place: `metrics ${service}`,
      text: (await Scrape.of(url)).text,
    })),
  );
