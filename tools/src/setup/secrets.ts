import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@shop/config';
import { z } from 'zod';
import { authSettings } from '../auth.ts';
import { databaseUrl } from '../runner/databases.ts';
import { secretsIn } from '../runner/secrets.ts';
import { type DatabaseName, databaseNames, type ServiceName } from '../runner/settings.ts';

/** Makes the secrets of a shop in containers: a folder for each of them, with the files that it may read. The same at each repetition. */
const { SECRETS_DIR, POSTGRES_ADDRESS } = loadConfig(
  z.object({ SECRETS_DIR: z.string(), POSTGRES_ADDRESS: z.string().default('postgres:5432') }),
);

const secret = secretsIn(join(SECRETS_DIR, 'setup', 'secret.key'));
await authSettings(SECRETS_DIR);
const jwks = readFileSync(join(SECRETS_DIR, 'auth', 'jwks.json'), 'utf8');
const adminUrl = `postgres://postgres:${secret('postgres')}@${POSTGRES_ADDRESS}/postgres`;
const urlOf = (name: DatabaseName, role: 'owner' | 'app') => databaseUrl(adminUrl, secret, name, role);
const cursor = { 'cursor-secret': secret('cursor') };
const psp = { 'psp-api-key': secret('psp-api-key'), 'psp-webhook-secret': secret('psp-webhook') };
const app = (name: DatabaseName) => ({ 'jwks.json': jwks, 'database-url': urlOf(name, 'app') });

const services: Record<Exclude<ServiceName, 'notifications'>, Record<string, string>> = {
  gateway: { 'jwks.json': jwks },
  catalog: { ...app('catalog'), ...cursor },
  inventory: app('inventory'),
  orders: { ...app('orders'), ...cursor },
  payments: { ...app('payments'), ...psp },
  'psp-sandbox': psp,
};
const migrations = databaseNames.map((name) => [
  `${name}-migrations`,
  { 'database-url': urlOf(name, 'owner') },
]);
const folders: Record<string, Record<string, string>> = {
  ...services,
  ...Object.fromEntries(migrations),
  setup: { 'admin-url': adminUrl },
  postgres: { password: secret('postgres') },
};

for (const [folder, files] of Object.entries(folders)) {
  mkdirSync(join(SECRETS_DIR, folder), { recursive: true });
  // PostgreSQL reads its password as an account of its own; nobody else sees that folder.
  for (const [name, text] of Object.entries(files))
    write(join(SECRETS_DIR, folder, name), text, folder === 'postgres' ? 0o444 : 0o400);
}

/** Beside the file first: what could not be written to the end was not written. */
function write(file: string, text: string, mode: number): void {
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
