import type { Context, Span } from '@opentelemetry/api';
import type { Deadline } from '@shop/resilience';
import type { FastifyRequest } from 'fastify';

/** What service-kit keeps for a request from its first byte to the close of its answer. */
export interface RequestState {
  readonly startedAt: number;
  readonly span: Span;
  readonly context: Context;
  deadline?: Deadline | undefined;
  /** Gives the request's place in the adaptive limiter back. */
  release?: ((served: boolean) => void) | undefined;
}

const key = Symbol('state');
// A property, not a WeakMap, which would make the garbage collector work for each request.
type Stateful = FastifyRequest & { [key]?: RequestState };
export const stateOf = (request: Stateful): RequestState | undefined => request[key];
export const setState = (request: Stateful, state: RequestState): void => {
  request[key] = state;
};
