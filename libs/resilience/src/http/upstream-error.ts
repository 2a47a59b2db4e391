import type { HttpResponse } from './http-response.ts';

/**
 * `unreachable`: no connection could be made, so the upstream has not seen the request. With every other kind it may have acted:
 * `timeout`, `overloaded` (429, 503), `failed` (the connection broke, or another 5xx).
 */
export type UpstreamErrorKind = 'timeout' | 'unreachable' | 'overloaded' | 'failed';

/** A call that brought no usable answer. The message names the upstream, never its address. */
export class UpstreamError extends Error {
  override readonly name: string = 'UpstreamError';
  readonly status?: number;
  readonly retryAfterMs?: number;

  constructor(
    readonly kind: UpstreamErrorKind,
    message: string,
    extra: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: extra.cause });
    this.status = extra.status;
    this.retryAfterMs = extra.retryAfterMs;
  }
}

/** An answer whose status counts as a failure for breaker and retries; whoever asked still gets the answer itself. */
export class FailureAnswer extends UpstreamError {
  constructor(
    error: UpstreamError,
    readonly response: HttpResponse,
  ) {
    super(error.kind, error.message, error);
  }
}
