export {
  AdaptiveLimiter,
  type AdaptiveLimiterOptions,
  type Permit,
  type Priority,
} from './adaptive-limiter.ts';
export { bulkhead, BulkheadFullError, type BulkheadOptions } from './bulkhead.ts';
export {
  circuitBreaker,
  CircuitOpenError,
  type CircuitBreakerOptions,
  type CircuitState,
} from './circuit-breaker.ts';
export { currentDeadline, Deadline, deadlineHeader, withDeadline } from './deadline.ts';
export { hedge } from './hedge.ts';
export { httpClient, type HttpClient, type HttpClientOptions, type HttpRequest } from './http/http-client.ts';
export type { HttpResponse } from './http/http-response.ts';
export { UpstreamError, type UpstreamErrorKind } from './http/upstream-error.ts';
export { causesOf, isInfrastructureError, type Cause } from './infrastructure-error.ts';
export { compose, type Policy, type Work } from './policy.ts';
export { retryBudget, type RetryBudget } from './retry-budget.ts';
export { fullJitter, retry, type RetryOptions } from './retry.ts';
export { timeout, TimeoutError } from './timeout.ts';
