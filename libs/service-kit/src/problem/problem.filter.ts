import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { context } from '@opentelemetry/api';
import { logger } from '@shop/tracing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from '../http/allowed-methods.ts';
import { knownPath } from '../http/known-path.ts';
import { stateOf } from '../http/request-state.ts';
import { statusOf } from './define-problems.ts';
import { Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';
import { pathOf, sendProblem } from './send-problem.ts';
import { requestProblems } from './standard-problems.ts';

const log = logger('http');

/** Every error of every route, known or not, leaves here as problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #allowed: AllowedMethods;

  constructor(allowed: AllowedMethods) {
    this.#allowed = allowed;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem =
      request.is404 && error instanceof NotFoundException ? this.#noRoute(request) : problemOf(error);
    report(error, problem, request);
    // Too late for another status: a broken-off answer is what tells the client.
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else sendProblem(reply, problem, request.url);
  }

  #noRoute(request: FastifyRequest): Problem {
    const path = pathOf(request.url);
    const allowed = this.#allowed.at(path);
    if (allowed.length === 0)
      return new Problem(requestProblems.notFound, 'There is nothing at this address');
    const allow = allowed.join(', ');
    return new Problem(requestProblems.methodNotAllowed, `Allowed here: ${allow}`, { headers: { allow } });
  }
}

/** Refusals that say all there is to say, such as shedding, are no news: under overload, logging them would add to it. */
function report(error: unknown, problem: Problem, request: FastifyRequest): void {
  const status = statusOf[problem.kind];
  const state = stateOf(request);
  const write = () => {
    const about = { code: problem.code, method: request.method, path: knownPath(request) };
    if (status === 500) log.error({ ...about, err: error }, 'unexpected error');
    else if (problem.cause && status > 500) log.warn({ ...about, err: problem.cause }, 'request failed');
    else log.debug({ ...about, detail: problem.message }, 'request refused');
  };
  // While a body is being read Fastify is outside the request's asynchronous context.
  if (state) context.with(state.context, write);
  else write();
}
