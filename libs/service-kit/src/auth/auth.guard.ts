import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import { accessOf } from './access.ts';
import { challenge } from './challenge.ts';
import { setCaller } from './decorators.ts';
import { TokenVerifier } from './token-verifier.ts';

/** Lets a request pass when its route asks for no token, or its token is valid and has the scope that the route requires. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly verifier: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = accessOf(context.getHandler(), context.getClass());
    if (access && !('scope' in access)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.verifier.verify(bearerOf(request.headers.authorization));
    // Nothing starts with a route that says nothing; should one ever be served, it is an administrator's.
    const { scope } = access ?? { scope: 'admin' };
    if (!caller.isAdmin && !caller.scopes.has(scope)) {
      throw new Problem(authProblems.scopeMissing, `This needs the scope ${scope}`, {
        headers: challenge('insufficient_scope', undefined, scope),
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
