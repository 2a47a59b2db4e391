import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { statusOf } from './define-problems.ts';
import type { Problem } from './problem.ts';

/** The body of a problem+json answer (RFC 9457). */
export function problemBody(problem: Problem, path: string): string {
  const { kind, code, title } = problem.definition;
  return JSON.stringify({
    type: `urn:shop:problem:${code}`,
    title,
    status: statusOf[kind],
    detail: problem.message,
    instance: path,
    code,
    errors: problem.extra.errors,
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem, url: string): void {
  const { headers, retryAfterSeconds } = problem.extra;
  const status = statusOf[problem.kind];
  if (headers) reply.headers(headers);
  if (status === 429 || status === 503)
    reply.header('retry-after', String(Math.ceil(retryAfterSeconds ?? 1)));
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json')
    .send(problemBody(problem, pathOf(url)));
}

/** A problem as raw HTTP/1.1, for a connection whose request could not even be parsed. */
export function rawProblem(problem: Problem, traceId: string): string {
  const status = statusOf[problem.kind];
  const body = problemBody(problem, '');
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-trace-id: ${traceId}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

/** A query string may hold what must not be repeated, so problems name the path only. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
