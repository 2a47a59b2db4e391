import type { FastifyInstance } from 'fastify';

const methods = ['GET', 'POST', 'PATCH'];
const understood = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'traceparent',
];
const exposed = [
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Trace-Id',
];
const toPreflights = {
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': understood.join(', '),
  'access-control-max-age': '600',
};

/**
 * Lets pages of these origins call the API and read its answers (CORS); others are told nothing, so their browsers refuse.
 * There are no cookies, so no credentials are allowed: a page needs a token of its own.
 */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    // Also for others: a cache must not show them an answer that names somebody else.
    reply.header('vary', 'Origin');
    if (origin === undefined || !allowed.has(origin)) return done();
    reply
      .header('access-control-allow-origin', origin)
      .header('access-control-expose-headers', exposed.join(', '));
    const asksFirst = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
    if (asksFirst) reply.code(204).headers(toPreflights).send();
    else done();
  });
}
