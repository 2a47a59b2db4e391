import { describe, expect } from '@jest/globals';
import { connected } from '@shop/testing';
import type { DatabaseName } from '@shop/tools';
import type pg from 'pg';
import { rowsOf } from './support/databases.ts';
import { type OwnShop, ownShop, shop } from './support/shop.ts';

const DENIED = '42501';
const names = () => Object.keys(shop.own.databases) as DatabaseName[];

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'allowed',
    (error: pg.DatabaseError) => error.code ?? error.message,
  );

/** What comes of statements, of which each is taken back. */
const outcomes = (url: string, statements: readonly string[]): Promise<[string, string][]> =>
  connected(url, async (client) => {
    const tried: [string, string][] = [];
    for (const statement of statements) {
      await client.query('BEGIN');
      tried.push([statement, await codeOf(client.query(statement))]);
      await client.query('ROLLBACK');
    }
    return tried;
  });

const denied = (statements: readonly string[]) =>
  statements.map((statement): [string, string] => [statement, DENIED]);

const tablesOf = async (database: DatabaseName): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      database,
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    )
  ).map(({ name }) => name);

const elsewhere = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** The places beside its own that a role might try. */
const others = (name: string): string[] => [
  ...names().filter((other) => other !== name),
  'postgres',
  'template1',
];

describe('a service’s role in its database', () => {
  ownShop('can change no table, empty none and make none', async () => {
    for (const name of names()) {
      const tables = await tablesOf(name);
      expect(tables).toContain('outbox');
      const statements = [
        'CREATE TABLE mine (id int)',
        'CREATE TEMPORARY TABLE mine (id int)',
        'CREATE TABLE mine AS SELECT * FROM outbox',
        'CREATE SCHEMA mine',
        'CREATE INDEX mine ON outbox (id)',
        `CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
        ...tables.flatMap((table) => [
          `ALTER TABLE ${table} ADD COLUMN mine int`,
          `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
          `DROP TABLE ${table}`,
          `TRUNCATE ${table}`,
        ]),
      ];
      expect(await outcomes(shop.own.roles.app[name], statements)).toEqual(denied(statements));
    }
  });

  ownShop('cannot rewrite which migrations have run', async () => {
    const statements = [
      `INSERT INTO migrations (timestamp, name) VALUES (1, 'mine')`,
      `UPDATE migrations SET name = 'mine'`,
      'DELETE FROM migrations',
    ];
    for (const name of names())
      expect(await outcomes(shop.own.roles.app[name], statements)).toEqual(denied(statements));
  });

  ownShop('cannot become anybody else', async () => {
    for (const name of names()) {
      const statements = [
        `SET ROLE ${name}_owner`,
        'SET ROLE postgres',
        `SET SESSION AUTHORIZATION ${name}_owner`,
        `ALTER ROLE ${name}_app SUPERUSER`,
        `GRANT ${name}_owner TO ${name}_app`,
        'CREATE ROLE mine',
      ];
      expect(await outcomes(shop.own.roles.app[name], statements)).toEqual(denied(statements));
    }
  });
});

describe('the roles of services and of their migrations', () => {
  const kinds = ['app', 'owner'] satisfies (keyof OwnShop['roles'])[];

  ownShop('reach no other database', async () => {
    for (const [kind, name] of kinds.flatMap((kind) => names().map((name) => [kind, name] as const))) {
      const url = shop.own.roles[kind][name];
      expect(await codeOf(connected(url, async () => {}))).toBe('allowed');
      for (const other of others(name)) {
        const reached = await codeOf(connected(elsewhere(url, other), async () => {}));
        expect({ role: `${name}_${kind}`, other, reached }).toMatchObject({ reached: DENIED });
      }
    }
  });

  ownShop('are nothing but roles that log in, and belong to nobody', async () => {
    const roles = names().flatMap((name) => [`${name}_app`, `${name}_owner`]);
    const powers = `
      SELECT rolname AS role, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS powerful,
        EXISTS (SELECT FROM pg_auth_members WHERE oid IN (member, roleid)) AS related
      FROM pg_roles WHERE rolname = ANY ($1) ORDER BY rolname`;
    expect(await rowsOf('orders', powers, [roles])).toEqual(
      roles.toSorted().map((role) => ({ role, powerful: false, related: false })),
    );
  });

  ownShop('are the only ones with rights: what anybody may is nothing', async () => {
    for (const name of names()) expect(await rowsOf(name, RIGHTS_OF_PUBLIC)).toEqual([]);
  });
});

/** Grantee 0 is PUBLIC. A list that is null stands for the defaults, which let PUBLIC connect to databases and execute functions. */
const RIGHTS_OF_PUBLIC = `
  WITH lists AS (
    SELECT 'database ' || datname AS what, coalesce(datacl, acldefault('d', datdba)) AS acl FROM pg_database WHERE datallowconn
    UNION ALL
    SELECT 'schema ' || nspname, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT 'relation ' || relname, coalesce(relacl, acldefault('r', relowner)) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'p')
    UNION ALL
    SELECT 'function ' || proname, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  )
  SELECT what, privilege_type AS privilege FROM lists CROSS JOIN LATERAL aclexplode(acl) WHERE grantee = 0 ORDER BY 1, 2`;
