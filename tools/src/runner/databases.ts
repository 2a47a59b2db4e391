import pg from 'pg';
import { type DatabaseName, databaseNames } from './settings.ts';

type Secret = (name: string) => string;

/** The URL of a service's database: as `owner` for migrations, as `app` for the service, which may not alter tables. */
export function databaseUrl(
  adminUrl: string,
  secret: Secret,
  name: DatabaseName,
  role: 'owner' | 'app',
): string {
  const url = new URL(adminUrl);
  url.username = `${name}_${role}`;
  url.password = secret(`${name}_${role}`);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database for each service with two roles that can reach no other. Can be repeated. */
export async function createDatabases(adminUrl: string, secret: Secret): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const roles = await names(client, 'SELECT rolname AS name FROM pg_roles');
    const databases = await names(client, 'SELECT datname AS name FROM pg_database');
    // By default anybody may connect to these two.
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    for (const name of databaseNames) {
      for (const role of [`${name}_owner`, `${name}_app`]) {
        await client.query(
          `${roles.has(role) ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(secret(role))}`,
        );
      }
      if (!databases.has(name)) await client.query(`CREATE DATABASE ${name} OWNER ${name}_owner`);
      await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
      await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${name}_app`);
    }
  } finally {
    await client.end();
  }
}

async function names(client: pg.Client, query: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(query);
  return new Set(rows.map(({ name }) => name));
}
