import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import type { Caller, Scope } from './caller.ts';

export const accessKey = 'shop:access';

/** Lets anyone in; everything that does not say so needs a token. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(accessKey, 'public');

/** Lets in callers whose token has the scope; an administrator has every scope. */
export const RequireScope = (scope: Scope): MethodDecorator & ClassDecorator => SetMetadata(accessKey, scope);

const callers = new WeakMap<FastifyRequest, Caller>();
export const setCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller);

/** The {@link Caller} of a request, for guards; undefined on a public route. */
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request);

/** The {@link Caller} of a route that needs a token. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Problem(authProblems.tokenMissing);
  return caller;
});
