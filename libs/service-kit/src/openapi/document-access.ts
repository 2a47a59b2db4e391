import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, type OpenAPIObject } from '@nestjs/swagger';
import type { Access } from '../auth/access.ts';

/** Shows a route's rule as `x-access`, beside the token that it needs. */
export const documentAccess = (access: Access): MethodDecorator =>
  applyDecorators(ApiExtension('x-access', access), ...('scope' in access ? [ApiBearerAuth()] : []));

/** How a rule keeps callers out. */
export function refusals(access: Access): number[] {
  if ('who' in access) return [];
  if ('secret' in access) return [401];
  return access.owner ? [401, 403, 404] : [401, 403];
}

const excluded = ['swagger/apiExcludeController', 'swagger/apiExcludeEndpoint'];

/** Only what anyone may use can be left out of the document: its rules are tested from there. */
export function requireVisible(controller: object, handler: object, access: Access): void {
  const hidden = excluded.some(
    (key) => Reflect.hasMetadata(key, controller) || Reflect.hasMetadata(key, handler),
  );
  if (!hidden || 'who' in access) return;
  const [name, method] = [controller, handler].map((host) => (host as { name: string }).name);
  throw new Error(
    `${name}.${method} is left out of the API document, but not open to anyone; take @ApiExclude… away, so that its rule is tested`,
  );
}

/** A route whose rule is not shown would be missing from the table of who may do what, and from its test. */
export function requireShownAccess({ paths }: OpenAPIObject): void {
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if ('x-access' in operation) continue;
      throw new Error(
        `${method.toUpperCase()} ${path} has no x-access; declare the method in the controller itself, not in a class it extends`,
      );
    }
  }
}
