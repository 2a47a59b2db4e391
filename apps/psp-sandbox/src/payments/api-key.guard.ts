import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { authProblems, Problem } from '@shop/service-kit';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { pspSettings, type PspSandboxConfig } from '../psp-sandbox.config.ts';

/** Lets merchants in who know the API key. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(@Inject(pspSettings) settings: PspSandboxConfig) {
    this.expected = digest(`Bearer ${settings.PSP_API_KEY}`);
  }

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (!authorization) throw new Problem(authProblems.tokenMissing);
    if (!timingSafeEqual(digest(authorization), this.expected)) throw new Problem(authProblems.tokenInvalid);
    return true;
  }
}

/** Of equal length whatever was sent, as a comparison in constant time needs. */
const digest = (text: string) => createHash('sha256').update(text).digest();
