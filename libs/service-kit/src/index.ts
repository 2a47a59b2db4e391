export { authModule, type AuthSettings } from './auth/auth.module.ts';
export type { Caller, Scope } from './auth/caller.ts';
export { OwnToken, type ClientSettings } from './auth/own-token.ts';
export { callerOf, CurrentCaller, Public, RequireScope, RequireSecret } from './auth/decorators.ts';
export { TokenVerifier } from './auth/token-verifier.ts';
export { HealthChecks, type HealthCheck } from './health/health-checks.ts';
export { CursorCodec } from './http/cursor-codec.ts';
export { IdempotencyKeyHeader } from './http/idempotency-key.ts';
export { Priority, type RoutePriority } from './http/priority.ts';
export { BodyLimit } from './http/route-config.ts';
export { ApiAnswer, replayedHeader } from './openapi/api-answer.ts';
export { ApiProblems } from './openapi/api-problems.ts';
export { defineProblems, type ProblemDefinition, type ProblemKind } from './problem/define-problems.ts';
export { Problem, type Fault, type ProblemExtra } from './problem/problem.ts';
export {
  authProblems,
  idempotencyProblems,
  internalProblems,
  requestProblems,
  serviceProblems,
} from './problem/standard-problems.ts';
export { ShutdownSequence, type ShutdownPhase } from './shutdown/shutdown-sequence.ts';
export { defineService, startService, type RunningService, type ServiceOptions } from './start-service.ts';
