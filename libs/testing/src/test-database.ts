import { randomBytes } from 'node:crypto';
import { connected } from './connected.ts';

export interface TestDatabase {
  url: string;
  drop(): Promise<unknown>;
}

/** An empty database on the server that the test run started (`SHOP_TEST_POSTGRES`), with a superuser's URL. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = required('SHOP_TEST_POSTGRES');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(adminUrl, `CREATE DATABASE ${name} STRATEGY wal_log`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The brokers that the test run started (`SHOP_TEST_KAFKA`). */
export const testBrokers = (): string[] => required('SHOP_TEST_KAFKA').split(',');

const administer = (url: string, statement: string): Promise<unknown> =>
  connected(url, (client) => client.query(statement));

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: integration tests run through "npm test" or jest --selectProjects int`,
    );
  return value;
}
