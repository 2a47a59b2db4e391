import type { DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ConfigError } from '@shop/config';
import type { FastifyInstance } from 'fastify';
import { Accounts } from './accounts/accounts.ts';
import type { IdentityConfig } from './identity.config.ts';
import { signingKeys } from './keys/signing-keys.ts';
import { CurrentProvider } from './provider/current-provider.ts';
import { Storage } from './provider/storage.ts';
import { identityRoutes } from './routes.ts';

class IdentityModule {}

export const identityModule = (config: IdentityConfig): DynamicModule => ({
  module: IdentityModule,
  providers: [
    {
      provide: CurrentProvider,
      inject: [HttpAdapterHost],
      useFactory: (http: HttpAdapterHost) => {
        expectKeys(config.IDENTITY_KEYS);
        const accounts = new Accounts(config.IDENTITY_USERS);
        const provider = new CurrentProvider({ config, accounts, storage: new Storage() });
        identityRoutes(http.httpAdapter.getInstance<FastifyInstance>(), { provider, accounts, config });
        return provider;
      },
    },
  ],
});

function expectKeys(folder: string): void {
  try {
    if (signingKeys(folder).length > 0) return;
  } catch {
    // Said below.
  }
  throw new ConfigError([
    { name: 'IDENTITY_KEYS', message: `${folder} holds no signing key; npm run rotate-keys makes one` },
  ]);
}
