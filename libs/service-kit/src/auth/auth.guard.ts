import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import type { Scope } from './caller.ts';
import { challenge } from './challenge.ts';
import { accessKey, setCaller } from './decorators.ts';
import { TokenVerifier } from './token-verifier.ts';

/** Lets a request pass when its route is public, or its token is valid and has the scope that the route requires. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Scope | 'public' | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.verifier.verify(bearerOf(request.headers.authorization));
    if (access && !caller.isAdmin && !caller.scopes.has(access)) {
      throw new Problem(authProblems.scopeMissing, `This needs the scope ${access}`, {
        headers: challenge('insufficient_scope', undefined, access),
      });
    }
    setCaller(request, caller);
    return true;
  }
}

function bearerOf(header: string | undefined): string {
  if (!header) throw new Problem(authProblems.tokenMissing, undefined, { headers: challenge() });
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  if (!token)
    throw new Problem(authProblems.tokenInvalid, undefined, {
      headers: challenge('invalid_token', 'not a bearer token'),
    });
  return token;
}
