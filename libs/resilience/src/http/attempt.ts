import { type Attributes, SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { inject, withSpan } from '@shop/tracing';
import type { Agent } from 'undici';
import { currentDeadline, Deadline, deadlineHeader } from '../deadline.ts';
import { linkedAbort } from '../linked-abort.ts';
import { attempted, refused } from '../signals.ts';
import { TimeoutError } from '../timeout.ts';
import { errorTypeOf, failureOf, isFailureStatus, transportError } from './classify.ts';
import type { HttpRequest } from './http-client.ts';
import { buffered, streamed, type HttpResponse } from './http-response.ts';
import { FailureAnswer, UpstreamError } from './upstream-error.ts';

interface Upstream {
  name: string;
  origin: string;
  timeoutMs: number;
  agent: Agent;
}

/** Kept back from each hop's time, so that an upstream's answer still gets through. */
const hopReserveMs = 10;

/** One request and its answer within the time there is. Throws a {@link FailureAnswer} for a status that says the upstream is in trouble. */
export async function attempt(
  upstream: Upstream,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const deadline = currentDeadline();
  const budgetMs = Math.min(upstream.timeoutMs, (deadline?.remainingMs() ?? Infinity) - hopReserveMs);
  if (budgetMs <= 0) {
    refused(upstream.name, 'deadline');
    throw new UpstreamError('timeout', `no time is left to ask ${upstream.name}`);
  }
  const attributes = { 'http.request.method': request.method, 'peer.service': upstream.name };
  return withSpan(`${request.method} ${upstream.name}`, { kind: SpanKind.CLIENT, attributes }, (span) =>
    send(upstream, request, signal, budgetMs, span),
  );
}

async function send(
  upstream: Upstream,
  request: HttpRequest,
  signal: AbortSignal,
  budgetMs: number,
  span: Span,
) {
  const { controller, unlink } = linkedAbort(signal);
  const timer = setTimeout(
    () => controller.abort(new TimeoutError(`no answer within ${Math.ceil(budgetMs)} ms`)),
    budgetMs,
  );
  const startedAt = performance.now();
  const labels: Attributes = { 'http.request.method': request.method, 'peer.service': upstream.name };
  try {
    const answer = await upstream.agent.request({
      origin: upstream.origin,
      path: request.path,
      method: request.method,
      headers: inject({ ...request.headers, [deadlineHeader]: Deadline.in(budgetMs).toHeader() }),
      body: request.body,
      signal: controller.signal,
    });
    span.setAttribute('http.response.status_code', answer.statusCode);
    labels['http.response.status_code'] = answer.statusCode;
    if (request.stream && !isFailureStatus(answer.statusCode)) return streamed(answer, signal);
    return settled(upstream.name, await buffered(answer), span);
  } catch (error) {
    const failure = transportError(upstream.name, error, signal);
    labels['error.type'] = errorTypeOf(failure);
    throw failure;
  } finally {
    attempted(startedAt, labels);
    clearTimeout(timer);
    unlink();
  }
}

function settled(name: string, response: HttpResponse, span: Span): HttpResponse {
  if (!isFailureStatus(response.status)) return response;
  span.setStatus({ code: SpanStatusCode.ERROR });
  throw new FailureAnswer(failureOf(name, response.status, response.headers['retry-after']), response);
}
