import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { accessOf } from './access.ts';
import { TokenVerifier } from './token-verifier.ts';

/** A route that does not say who may use it, or that nothing guards. */
export class AccessRuleError extends Error {}

/** Keeps an app from starting with a route that nobody thought about: a forgotten decorator is found before anybody else finds it. */
export function requireAccessRules(app: INestApplication): void {
  const routes = routesOf(app);
  const silent = routes.filter(({ access }) => !access);
  if (silent.length > 0)
    throw new AccessRuleError(
      `nobody said who may use ${list(silent)}; write @RequireScope, @RequireSecret or @Public on the method or its controller`,
    );
  const scoped = routes.filter(({ access }) => access && 'scope' in access);
  if (scoped.length > 0 && !checksTokens(app))
    throw new AccessRuleError(
      `${list(scoped)} needs a token, but nothing checks tokens here; import authModule(config) in the app's module`,
    );
}

function routesOf(app: INestApplication) {
  return [...app.get(ModulesContainer).values()]
    .flatMap(({ controllers }) => [...controllers.values()])
    .flatMap(({ metatype }) => routesIn(metatype as Controller));
}

interface Controller {
  name: string;
  prototype: Record<string, object>;
}

function routesIn(controller: Controller) {
  return new MetadataScanner()
    .getAllMethodNames(controller.prototype)
    .map((method) => ({ method, handler: controller.prototype[method]! }))
    .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
    .map(({ method, handler }) => ({
      name: `${controller.name}.${method} (${addressOf(handler, controller)})`,
      access: accessOf(handler, controller),
    }));
}

function addressOf(handler: object, controller: object): string {
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number];
  const paths = [controller, handler].map((host) => String(Reflect.getMetadata(PATH_METADATA, host)));
  return `${method} /${paths
    .flatMap((path) => path.split('/'))
    .filter(Boolean)
    .join('/')}`;
}

const checksTokens = (app: INestApplication): boolean =>
  [...app.get(ModulesContainer).values()].some(({ providers }) => providers.has(TokenVerifier));

const list = (routes: { name: string }[]) => routes.map(({ name }) => name).join(', ');
