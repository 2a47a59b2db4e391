import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { headers } from '@shop/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** All that an upstream gets to see of a caller's headers: no hop-by-hop, no forged internal one comes through. */
const passedOn = [
  'authorization',
  'accept',
  headers.idempotencyKey,
  'if-match',
  'if-none-match',
  'last-event-id',
];

/** A request of the public API on its way to an upstream, and the reply that waits for it. */
export interface Call {
  readonly method: string;
  /** The public path with its query; upstreams serve the same one. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** The JSON as it came: it has been parsed and validated, and goes on unchanged. */
  readonly body: string | undefined;
  readonly reply: FastifyReply;
}

export function callOf(request: FastifyRequest & { rawBody?: Buffer }, reply: FastifyReply): Call {
  const forwarded: Record<string, string> = {};
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === 'string') forwarded[name] = value;
  }
  return {
    // Fastify drops the body of an answer to HEAD itself.
    method: request.method === 'HEAD' ? 'GET' : request.method,
    // The request line may hold an absolute URL (RFC 9112, 3.2.2).
    path: request.url.replace(/^https?:\/\/[^/]*/i, ''),
    headers: forwarded,
    body: request.rawBody?.toString() || undefined,
    reply,
  };
}

export const CurrentCall = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return callOf(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});
