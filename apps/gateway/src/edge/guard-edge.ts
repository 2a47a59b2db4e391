import type { HttpAdapterHost } from '@nestjs/core';
import type { ShutdownSequence, TokenVerifier } from '@shop/service-kit';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../gateway.config.ts';
import { RateLimit } from '../limits/rate-limit.ts';
import { SharedStore } from '../limits/shared-store.ts';
import { allowOrigins } from './cross-origin.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** What stands between the public and the routes. In this order: a page must be able to read that it asks too much. */
export async function guardEdge(
  http: HttpAdapterHost,
  config: GatewayConfig,
  verifier: TokenVerifier,
  shutdown: ShutdownSequence,
): Promise<RateLimit> {
  const fastify = http.httpAdapter.getInstance<FastifyInstance>();
  addSecurityHeaders(fastify);
  allowOrigins(fastify, config.CORS_ORIGINS);
  return RateLimit.on(fastify, config, verifier, await storeOf(config, shutdown));
}

async function storeOf(config: GatewayConfig, shutdown: ShutdownSequence) {
  if (config.RATE_LIMIT_STORE === undefined) return undefined;
  const store = new SharedStore(config.RATE_LIMIT_STORE, config.RATE_LIMIT_STORE_TIMEOUT_MS);
  await store.connect();
  shutdown.add('work', 'rate-limit store', () => Promise.resolve(store.close()));
  return store;
}
