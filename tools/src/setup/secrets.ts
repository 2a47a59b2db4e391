import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandConfig } from '@shop/config';
import { z } from 'zod';
import { authSettings } from '../auth.ts';
import { containerSecrets } from '../runner/container-secrets.ts';
import { secretsIn } from '../runner/secrets.ts';

/** Writes the secrets of a shop in containers. Their key and the first that signs tokens are made once; the rest follows. */
const { SECRETS_DIR, POSTGRES_ADDRESS, AUTH_ISSUER } = commandConfig(
  'setup secrets',
  z.object({
    SECRETS_DIR: z.string(),
    POSTGRES_ADDRESS: z.string().default('postgres:5432'),
    AUTH_ISSUER: z.url(),
  }),
);
const secret = secretsIn(join(SECRETS_DIR, 'setup', 'secret.key'));
authSettings(SECRETS_DIR, AUTH_ISSUER);

for (const [folder, files] of Object.entries(containerSecrets(secret, POSTGRES_ADDRESS))) {
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
