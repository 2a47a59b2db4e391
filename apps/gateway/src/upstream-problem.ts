import { BulkheadFullError, CircuitOpenError, TimeoutError, UpstreamError } from '@shop/resilience';
import { Problem } from '@shop/service-kit';
import { upstreamProblems } from './gateway.errors.ts';

const timedOut = (error: unknown) =>
  error instanceof TimeoutError || (error instanceof UpstreamError && error.kind === 'timeout');

/** An abort is a client that left, who will not read the answer, or a shutdown. */
const unavailable = (error: unknown) =>
  [UpstreamError, CircuitOpenError, BulkheadFullError].some((kind) => error instanceof kind) ||
  (error as Error).name === 'AbortError';

/** An upstream that did not answer, in words that name no host. Anything else is returned as it is. */
export function asProblem(error: unknown): unknown {
  if (timedOut(error)) return new Problem(upstreamProblems.timeout, undefined, { cause: error });
  if (!unavailable(error)) return error;
  const { retryAfterMs = 1_000 } = error as Partial<UpstreamError>;
  return new Problem(upstreamProblems.unavailable, undefined, {
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
    cause: error,
  });
}
