import { join } from 'node:path';
import { commandConfig } from '@shop/config';
import { rotateKeys } from '@shop/identity/keys';
import { z } from 'zod';
import { rotationLines } from '../runner/rotation-lines.ts';

/** Changes the signing key of a shop in containers, while it runs. */
const { SECRETS_DIR } = commandConfig('setup rotate', z.object({ SECRETS_DIR: z.string() }));
console.log(rotationLines(rotateKeys(join(SECRETS_DIR, 'auth'))));
