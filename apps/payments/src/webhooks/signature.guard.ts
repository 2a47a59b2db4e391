import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@shop/service-kit';
import type { FastifyRequest } from 'fastify';
import { webhookProblems } from '../payments.errors.ts';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import { isSigned, signatureHeader } from './signature.ts';

/** Lets in what the provider has signed. A guard, so that nothing of an unsigned body is looked at. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(@Inject(paymentsSettings) private readonly settings: PaymentsConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers, rawBody = Buffer.alloc(0) } = context
      .switchToHttp()
      .getRequest<FastifyRequest & { rawBody?: Buffer }>();
    const header = headers[signatureHeader];
    if (typeof header === 'string' && isSigned(this.settings.PSP_WEBHOOK_SECRET, header, rawBody))
      return true;
    throw new Problem(webhookProblems.signatureInvalid);
  }
}
