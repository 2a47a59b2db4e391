import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { rowsOf } from './support/databases.ts';
import { type OwnShop, ownShop } from './support/shop.ts';

const folder = join(import.meta.dirname, '../../docs/runbooks');

/** The lines `sql DATABASE "QUERY"` of all pages. */
const queries = globSync('*.md', { cwd: folder }).flatMap((page) =>
  [...readFileSync(join(folder, page), 'utf8').matchAll(/^sql (\w+) "(.+)"$/gm)].map(
    ([, database, query = '']) => ({ page, database: database as keyof OwnShop['databases'], query }),
  ),
);

describe('somebody who is woken up by an alert', () => {
  ownShop('can type every query of the runbooks', async () => {
    expect(queries.length).toBeGreaterThan(10);
    for (const { page, database, query } of queries) {
      const failure = await rowsOf(database, query).then(
        () => undefined,
        (error: Error) => error.message,
      );
      expect({ page, query, failure }).toEqual({ page, query, failure: undefined });
    }
  });
});
