import { renderMetrics } from '@shop/tracing';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { HealthChecks, HealthReport } from './health-checks.ts';

// Never shed, traced or counted: they are how an overloaded service is seen to be alive.
const config = { operational: true };

/** `/health/live`, `/health/ready`, `/health/startup` and `/metrics`, beside Nest's routes and without authentication. */
export function operationalRoutes(fastify: FastifyInstance, health: HealthChecks): void {
  fastify.get('/health/live', { config }, () => ({ status: 'ok' }));
  fastify.get('/health/ready', { config }, async (_, reply) => answer(reply, await health.ready()));
  fastify.get('/health/startup', { config }, async (_, reply) => answer(reply, await health.started()));
  fastify.get('/metrics', { config }, async ({ headers }, reply) => {
    const { contentType, text } = await renderMetrics(headers.accept);
    void reply.type(contentType);
    return text;
  });
}

function answer(reply: FastifyReply, { healthy, checks }: HealthReport): object {
  void reply.code(healthy ? 200 : 503).header('cache-control', 'no-store');
  return { status: healthy ? 'ok' : 'unavailable', checks };
}
