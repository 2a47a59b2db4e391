import type { Priority as LimiterPriority } from '@shop/resilience';
import { methodsOf } from '../methods-of.ts';
import { extendRouteConfig, routeConfigOf } from './route-config.ts';

/** `unlimited` is for routes that are slow on purpose, whose latency says nothing about load. */
export type RoutePriority = LimiterPriority | 'unlimited';

/**
 * The load-shedding class of a route, or of every route of a controller that does not name its own:
 * batch work is refused first, checkout last. Routes are 'browse' by default.
 */
export const Priority = (priority: RoutePriority): MethodDecorator & ClassDecorator => {
  const mark = extendRouteConfig({ priority });
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (key !== undefined && descriptor) return void mark(target, key, descriptor);
    // A controller's own decorator runs after those of its methods.
    for (const [name, method] of methodsOf(target as { prototype: object })) {
      if (!routeConfigOf(method.value!).priority) mark(target, name, method);
    }
  };
};
