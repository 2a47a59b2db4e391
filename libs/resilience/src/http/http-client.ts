import { Agent } from 'undici';
import { bulkhead, type BulkheadOptions } from '../bulkhead.ts';
import { circuitBreaker, type CircuitBreakerOptions } from '../circuit-breaker.ts';
import { compose, never, type Policy } from '../policy.ts';
import { retryBudget } from '../retry-budget.ts';
import { retry } from '../retry.ts';
import { attempt } from './attempt.ts';
import type { HttpResponse } from './http-response.ts';
import { FailureAnswer, UpstreamError } from './upstream-error.ts';

export interface HttpRequest {
  method: string;
  /** With its query, beginning with `/`. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** A write that carries an idempotency key may be repeated. GET and HEAD always may. */
  idempotent?: boolean;
  signal?: AbortSignal;
  /** Answer as soon as the headers are there; then the time limit no longer holds. */
  stream?: boolean;
}

export interface HttpClientOptions {
  /** The upstream, for errors, spans and metrics. */
  name: string;
  baseUrl: string;
  /** Of each attempt, body included. */
  timeoutMs: number;
  /** At most 2, which is the default; 0 where a mesh retries. */
  retries?: number;
  connections?: number;
  bulkhead?: Omit<BulkheadOptions, 'name'>;
  breaker?: Omit<CircuitBreakerOptions, 'name' | 'isFailure'>;
}

/** Calls one upstream. */
export interface HttpClient {
  /** Answers with any status; throws UpstreamError, CircuitOpenError or BulkheadFullError when there is none. */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

const defaultBulkhead = { concurrency: 256, queue: 256 };
const maxResponseBytes = 64 * 1024 * 1024;

/** A client with connections, time limit, retries, breaker and bulkhead of its own, so that one upstream cannot use up another's. */
export function httpClient(options: HttpClientOptions): HttpClient {
  const { name, timeoutMs, retries = 2 } = options;
  const agent = new Agent({
    connections: options.connections ?? 128,
    connect: { timeout: Math.min(timeoutMs, 2_000) },
    // The attempt's own timer is exact; undici's would only fire as well.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxResponseBytes,
  });
  const upstream = { name, timeoutMs, agent, origin: new URL(options.baseUrl).origin };
  const once = compose(
    circuitBreaker({ ...options.breaker, name, isFailure: (error) => error instanceof UpstreamError }),
    bulkhead({ ...defaultBulkhead, ...options.bulkhead, name }),
  );
  const repeated: Policy = compose(
    retry({
      name,
      attempts: retries + 1,
      budget: retryBudget(),
      retryable: (error) => error instanceof UpstreamError,
      retryAfterMs: (error) => (error as UpstreamError).retryAfterMs,
    }),
    once,
  );

  return {
    async request(request) {
      const policy =
        request.idempotent || request.method === 'GET' || request.method === 'HEAD' ? repeated : once;
      try {
        return await policy((signal) => attempt(upstream, request, signal), request.signal ?? never);
      } catch (error) {
        if (error instanceof FailureAnswer) return error.response;
        throw error;
      }
    },
    close: () => agent.destroy(),
  };
}
