import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.ts';
import { TokenVerifier } from './token-verifier.ts';

/** The settings of {@link authModule}, as `authConfig` of @shop/config reads them. */
export interface AuthSettings {
  AUTH_ISSUER: string;
  AUTH_AUDIENCE: string;
  AUTH_JWKS_URL: string;
  /** How long known keys are believed while AUTH_JWKS_URL does not answer; an hour by default. */
  AUTH_JWKS_GRACE_SECONDS?: number;
}

@Module({})
class AuthModule {}

/** Guards every HTTP route as its rule says: with a token of its scope, without one, or by a secret. */
export function authModule(settings: AuthSettings): DynamicModule {
  return {
    module: AuthModule,
    providers: [
      { provide: TokenVerifier, useFactory: () => new TokenVerifier(settings) },
      { provide: APP_GUARD, useClass: AuthGuard },
    ],
    exports: [TokenVerifier],
  };
}
