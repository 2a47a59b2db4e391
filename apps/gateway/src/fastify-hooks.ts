import type { IncomingMessage, Server } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import { headers } from '@shop/contracts';
import type { FastifyInstance } from 'fastify';

/** Lets a route's `RouteConfig({ bodyLimit })` widen its own limit, which Nest does not pass on. */
export function routeBodyLimits(http: HttpAdapterHost): void {
  http.httpAdapter.getInstance<FastifyInstance>().addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
}

/** Takes what only services may say to each other from requests of the outside, before anything reads it. */
export function dropForgedHeaders(http: HttpAdapterHost): void {
  (http.httpAdapter.getHttpServer() as Server).prependListener(
    'request',
    ({ headers: sent }: IncomingMessage) => {
      delete sent[headers.deadline];
    },
  );
}
