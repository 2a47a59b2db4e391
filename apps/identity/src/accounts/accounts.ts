import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '@shop/config';
import { z } from 'zod';

const seed = z.object({
  users: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/),
        name: z.string().min(1),
        password: z.string().min(8),
        scopes: z.array(z.enum(['orders', 'admin'])),
      }),
    )
    .min(1),
});

/** Somebody who may sign in: the id is the token's subject, the customer of the orders. */
export type Account = Omit<z.output<typeof seed>['users'][number], 'password'>;

/** Those who may sign in. Their passwords are kept as hashes, and are found nowhere else. */
export class Accounts {
  readonly #accounts = new Map<string, { account: Account; hash: Buffer }>();

  constructor(file: string) {
    for (const { password, ...account } of usersIn(file))
      this.#accounts.set(account.id, { account, hash: hashOf(password) });
  }

  find(id: string): Account | undefined {
    return this.#accounts.get(id)?.account;
  }

  /** Takes as long for a name that nobody has as for a wrong password. */
  withPassword(id: string, password: string): Account | undefined {
    const found = this.#accounts.get(id);
    const right = timingSafeEqual(hashOf(password), found?.hash ?? hashOf(''));
    return found && right ? found.account : undefined;
  }
}

/** Enough for passwords that lie readable in a file beside it; a provider for production keeps a slow, salted hash. */
const hashOf = (password: string): Buffer => createHash('sha256').update(password).digest();

function usersIn(file: string) {
  try {
    return seed.parse(JSON.parse(readFileSync(file, 'utf8'))).users;
  } catch (error) {
    // What zod says names fields, not passwords; what JSON.parse says may quote the file.
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'cannot be read as JSON';
    throw new ConfigError([{ name: 'IDENTITY_USERS', message: `${file}: ${why}` }]);
  }
}
