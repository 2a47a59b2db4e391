import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import type { RoutePriority } from './priority.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Health and metrics: never shed, traced or counted. */
    operational?: boolean;
    priority?: RoutePriority;
    bodyLimit?: number;
  }
}

const key = RouteConfig({}).KEY;

export const routeConfigOf = (method: object): FastifyContextConfig =>
  (Reflect.getMetadata(key, method) ?? {}) as FastifyContextConfig;

/** Adds to what other decorators have configured; Nest's own `RouteConfig` would replace it. */
export const extendRouteConfig =
  (config: FastifyContextConfig): MethodDecorator =>
  (target, name, descriptor) =>
    RouteConfig({ ...routeConfigOf(descriptor.value as object), ...config })(target, name, descriptor);

/** Lets a route take bodies up to so many bytes, instead of 64 KiB. */
export const BodyLimit = (bytes: number): MethodDecorator => extendRouteConfig({ bodyLimit: bytes });

/** Nest does not pass a route's own limit on to Fastify. */
export function applyBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    route.bodyLimit = route.config?.bodyLimit ?? route.bodyLimit;
  });
}
