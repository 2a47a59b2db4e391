import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import { accessKey, type Access } from './access.ts';
import type { Caller, Scope } from './caller.ts';

const rule = (access: Access) => SetMetadata(accessKey, access);

/** Lets anyone in. */
export const Public = (): MethodDecorator & ClassDecorator => rule({ who: 'anyone' });

/**
 * Lets in callers whose token has the scope; an administrator has every scope. `owner` promises more: that the route acts only on what is
 * the caller's own, and answers others as if it did not exist. The guard cannot know what is whose, so the use case keeps that promise.
 */
export const RequireScope = (scope: Scope, more: { owner?: true } = {}): MethodDecorator & ClassDecorator =>
  rule({ scope, ...more });

/** Lets in, without a token, whoever proves to `guard` that they know the secret of this name. */
export const RequireSecret = (secret: string, guard: Type<CanActivate>): MethodDecorator & ClassDecorator =>
  applyDecorators(rule({ secret }), UseGuards(guard));

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
