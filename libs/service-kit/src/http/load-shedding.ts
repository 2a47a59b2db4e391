import { AdaptiveLimiter } from '@shop/resilience';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { serviceProblems } from '../problem/standard-problems.ts';
import { httpMetrics } from './http-metrics.ts';
import type { RequestState } from './request-state.ts';

/** Refuses requests, the least important first, when more are in flight than can be answered in good time. */
export class LoadShedding {
  readonly #limiter: AdaptiveLimiter;
  readonly #metrics = httpMetrics();

  // It starts wide: the first moment of a sale brings a thousand requests, which fit into their deadlines; what stays slow narrows it.
  constructor(limiter = new AdaptiveLimiter({ initial: 2_048, min: 16, max: 4_096 })) {
    this.#limiter = limiter;
    for (const priority of ['checkout', 'browse', 'batch']) this.#metrics.shed.add(0, { priority });
    this.#metrics.limit.addCallback((gauge) => gauge.observe(limiter.snapshot().limit));
    this.#metrics.inFlight.addCallback((gauge) => gauge.observe(limiter.snapshot().inFlight));
  }

  /** Notes in `state` how the request gives its place back; returns the refusal when there is none. */
  admit(request: FastifyRequest, state: RequestState): Problem | undefined {
    const priority = request.routeOptions.config.priority ?? 'browse';
    if (priority === 'unlimited') return undefined;
    const permit = this.#limiter.tryAcquire(priority);
    if (!permit) {
      this.#metrics.shed.add(1, { priority });
      return new Problem(serviceProblems.overloaded, undefined, { retryAfterSeconds: 1 });
    }
    // A stream stays open for as long as it is watched; it must not take a place from those who wait.
    if (request.headers.accept?.startsWith('text/event-stream')) permit.release('ignored');
    else state.release = (served) => permit.release(served ? 'ok' : 'ignored');
    return undefined;
  }
}
