import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { idempotencyProblems } from '../problem/standard-problems.ts';

const valid = /^[\x21-\x7e]{1,255}$/;

export function idempotencyKeyOf(_: unknown, context: ExecutionContext): string {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined || key === '') throw new Problem(idempotencyProblems.keyMissing);
  if (typeof key !== 'string' || !valid.test(key)) {
    throw new Problem(
      idempotencyProblems.keyInvalid,
      'The Idempotency-Key must be 1 to 255 printable ASCII characters',
    );
  }
  return key;
}

/** The `Idempotency-Key` header; a request without one, or with one that is not 1 to 255 printable ASCII characters, is refused. */
export const IdempotencyKeyHeader = createParamDecorator(idempotencyKeyOf);
