import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, RequireSecret } from '@shop/service-kit';
import type { FastifyRequest } from 'fastify';
import type { ProviderName } from '../payments.config.ts';
import { webhookProblems } from '../payments.errors.ts';
import { Providers } from '../psp/providers.ts';

const signer = 'webhook signer';
const secretOf: Record<ProviderName, string> = { sandbox: 'psp-webhook', stripe: 'stripe-webhook' };

/** Lets in what the provider has signed. A guard, so that nothing of an unsigned body is looked at. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly providers: Providers,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const provider = this.reflector.get<ProviderName>(signer, context.getHandler());
    const { headers, rawBody = Buffer.alloc(0) } = context
      .switchToHttp()
      .getRequest<FastifyRequest & { rawBody?: Buffer }>();
    if (this.providers.hasSigned(provider, headers, rawBody)) return true;
    throw new Problem(webhookProblems.signatureInvalid);
  }
}

/** For webhooks of one provider, and nobody else's. */
export const SignedBy = (provider: ProviderName): MethodDecorator =>
  applyDecorators(SetMetadata(signer, provider), RequireSecret(secretOf[provider], SignatureGuard));
