import { TimeoutError } from '../timeout.ts';
import { UpstreamError } from './upstream-error.ts';

/** These mean that no connection came about. Everything else may have reached the upstream. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a status says that the upstream is in trouble. Other 4xx are about the request, and count as an answer. */
export const isFailureStatus = (status: number): boolean => status >= 500 || status === 408 || status === 429;

export function failureOf(name: string, status: number, retryAfter: string | undefined): UpstreamError {
  const kind =
    status === 429 || status === 503 ? 'overloaded' : status === 408 || status === 504 ? 'timeout' : 'failed';
  return new UpstreamError(kind, `${name} answered ${status}`, {
    status,
    retryAfterMs: retryAfterMs(retryAfter),
  });
}

/** Turns what a transport throws into an {@link UpstreamError}; an abort by the caller stays what it is. */
export function transportError(name: string, error: unknown, signal: AbortSignal): unknown {
  if (error instanceof UpstreamError) return error;
  if (signal.aborted) return signal.reason;
  if (error instanceof TimeoutError)
    return new UpstreamError('timeout', `${name}: ${error.message}`, { cause: error });
  const code = codeOf(error);
  if (neverConnected.has(code))
    return new UpstreamError('unreachable', `${name} cannot be reached (${code})`, { cause: error });
  return new UpstreamError('failed', `the connection to ${name} broke (${code})`, { cause: error });
}

/** For metrics: few values. The caller who gave up makes it `aborted`. */
export const errorTypeOf = (failure: unknown): string =>
  failure instanceof UpstreamError ? failure.kind : 'aborted';

/** With several addresses (IPv6 and IPv4) the attempt fails as an AggregateError. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: unknown[] };
  return code ?? (errors?.length ? codeOf(errors[0]) : 'unknown');
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), in milliseconds. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
