import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { callerOf, Problem } from '@shop/service-kit';
import { meter } from '@shop/tracing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limitProblems } from '../gateway.errors.ts';
import { FixedWindow } from './fixed-window.ts';

/** One allowance per customer, else per address, announced with every answer (draft-ietf-httpapi-ratelimit-headers-10). */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly policy: string;
  private readonly limited = meter('gateway').createCounter('shop.http.rate_limited', {
    description: 'Requests refused because an allowance was used up',
    unit: '{request}',
  });

  constructor(private readonly window: FixedWindow) {
    this.limited.add(0);
    this.policy = `"default";q=${window.limit};w=${window.seconds}`;
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { allowed, remaining, resetSeconds } = this.window.take(callerOf(request)?.id ?? request.ip);
    http
      .getResponse<FastifyReply>()
      .header('ratelimit-policy', this.policy)
      .header('ratelimit', `"default";r=${remaining};t=${resetSeconds}`);
    if (allowed) return true;
    this.limited.add(1);
    throw new Problem(limitProblems.limited, undefined, { retryAfterSeconds: resetSeconds });
  }
}
