import { commandConfig, secret } from '@shop/config';
import { z } from 'zod';
import { createDatabases } from '../runner/databases.ts';
import { secretsIn } from '../runner/secrets.ts';

/** Creates the databases and their roles. SECRET_KEY is the file that their passwords are derived from. */
const { ADMIN_DATABASE_URL, SECRET_KEY } = commandConfig(
  'setup databases',
  z.object({
    ADMIN_DATABASE_URL: secret(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres: URL' })),
    SECRET_KEY: z.string(),
  }),
);
await createDatabases(ADMIN_DATABASE_URL, secretsIn(SECRET_KEY));
