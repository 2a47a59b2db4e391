import { HttpException } from '@nestjs/common';
import {
  BulkheadFullError,
  CircuitOpenError,
  isInfrastructureError,
  TimeoutError,
  UpstreamError,
} from '@shop/resilience';
import { statusOf, type ProblemDefinition } from './define-problems.ts';
import { Problem } from './problem.ts';
import { internalProblems, requestProblems, serviceProblems } from './standard-problems.ts';

const byFastifyCode: Record<string, [ProblemDefinition, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [requestProblems.tooLarge, 'The body is larger than this route accepts'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [requestProblems.unsupported, 'Send application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    requestProblems.malformed,
    'The body is shorter or longer than Content-Length says',
  ],
  FST_ERR_BAD_URL: [requestProblems.malformed, 'The path is not a valid URL'],
};
const byStatus = Object.fromEntries(
  Object.values(requestProblems).map((definition) => [statusOf[definition.kind], definition]),
);

/** What the client is told about an error, whatever threw it. Nothing of an unknown error is passed on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const known = byFastifyCode[codeOf(error) ?? codeOf((error as Error | undefined)?.cause) ?? ''];
  if (known) return new Problem(...known, { cause: error });
  if (brokeOff(error)) return new Problem(requestProblems.malformed, 'The body broke off', { cause: error });
  if (isInfrastructureError(error) || isUpstreamFault(error)) {
    const { retryAfterMs = 1_000 } = error as { retryAfterMs?: number };
    return new Problem(serviceProblems.unavailable, undefined, {
      retryAfterSeconds: retryAfterMs / 1_000,
      cause: error,
    });
  }
  const status = httpStatusOf(error);
  if (status === 503) return new Problem(serviceProblems.unavailable, undefined, { cause: error });
  const definition = status === 400 ? requestProblems.malformed : byStatus[status];
  return new Problem(
    definition ?? (status < 500 ? requestProblems.malformed : internalProblems.unexpected),
    undefined,
    { cause: error },
  );
}

/** A client that left while its body was read, of which Fastify says 400; with the same code, an upstream's connection is no fault of the client. */
const brokeOff = (error: unknown): boolean =>
  codeOf(error) === 'ECONNRESET' && (error as { statusCode?: number }).statusCode === 400;

const upstreamFaults = [UpstreamError, CircuitOpenError, BulkheadFullError, TimeoutError];
const isUpstreamFault = (error: unknown) => upstreamFaults.some((fault) => error instanceof fault);

function httpStatusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number'
    ? statusCode
    : 500;
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code;
