import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Deadline, deadlineHeader, withDeadline } from '@shop/resilience';
import { extract, logger, startSpan } from '@shop/tracing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';
import { httpMetrics } from './http-metrics.ts';
import { knownPath } from './known-path.ts';
import type { LoadShedding } from './load-shedding.ts';
import { refusalOfHead } from './refusal-of-head.ts';
import { setState, stateOf, type RequestState } from './request-state.ts';

type Done = (error?: Error) => void;
const log = logger('http');
/** nginx's status for a client that went away before its answer. */
const clientClosed = 499;

/** Per request: trace context, deadline, load shedding, metrics and the debug log. */
export class RequestHooks {
  readonly #metrics = httpMetrics();
  readonly #shedding: LoadShedding;
  #draining = false;

  constructor(shedding: LoadShedding) {
    this.#shedding = shedding;
  }

  /** Asks clients that keep their connection open to leave it after their answer. */
  drain(): void {
    this.#draining = true;
  }

  /** The first hook of every request, also of those that no route takes. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: Done): void => {
    if (this.#draining) reply.header('connection', 'close');
    const state = begin(request);
    setState(request, state);
    reply.header('x-trace-id', state.span.spanContext().traceId);
    if (request.routeOptions.config.operational) return done();
    reply.raw.once('close', () => this.#finish(request, reply, state));
    const refusal = refusalOfHead(request.raw);
    if (refusal) return done(refusal);
    if (state.deadline?.expired) return done(new Problem(requestProblems.deadlineExceeded));
    done(this.#shedding.admit(request, state));
  };

  /** Reading a body leaves the asynchronous context, so it is entered here, just before the handler. */
  readonly preHandler = (request: FastifyRequest, _reply: FastifyReply, done: Done): void => {
    const state = stateOf(request);
    if (!state) return done();
    const { deadline } = state;
    context.with(state.context, deadline ? () => withDeadline(deadline, done) : done);
  };

  addTo(fastify: FastifyInstance): void {
    // Node answers an expectation that it does not know by itself, without a body.
    fastify.server.on('checkExpectation', (...request) => fastify.server.emit('request', ...request));
    fastify.addHook('preHandler', this.preHandler);
  }

  #finish(request: FastifyRequest, reply: FastifyReply, state: RequestState): void {
    const { span, startedAt, release } = state;
    const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosed;
    release?.(status < 500);
    const ms = performance.now() - startedAt;
    const labels = {
      'http.request.method': request.method,
      'http.route': routeOf(request) ?? '',
      'http.response.status_code': status,
    };
    this.#metrics.duration.record(ms / 1e3, labels, state.context);
    if (span.isRecording()) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
    if (log.isLevelEnabled('debug')) {
      const ids = { trace_id: span.spanContext().traceId, method: request.method, path: knownPath(request) };
      log.debug({ ...ids, status, ms: Math.round(ms * 10) / 10 }, 'request');
    }
  }
}

function begin(request: FastifyRequest): RequestState {
  const { headers, method } = request;
  const parent = headers['traceparent']
    ? extract(headers as Record<string, string | undefined>)
    : ROOT_CONTEXT;
  const route = routeOf(request);
  const span = startSpan(route ? `${method} ${route}` : method, { kind: SpanKind.SERVER }, parent);
  if (span.isRecording()) {
    span.setAttributes({
      'http.request.method': method,
      'url.scheme': 'http',
    });
    if (route) span.setAttributes({ 'http.route': route, 'url.path': knownPath(request) });
  }
  const deadline = Deadline.fromHeader(headers[deadlineHeader] as string | undefined);
  return { startedAt: performance.now(), span, context: trace.setSpan(parent, span), deadline };
}

const routeOf = (request: FastifyRequest): string | undefined => request.routeOptions.url;
