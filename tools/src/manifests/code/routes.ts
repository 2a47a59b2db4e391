import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route as a mesh policy writes it: `{*}` stands for one segment. */
export interface Route {
  method: string;
  path: string;
}

const controller = /@Controller\((?:'([^']*)')?\)/;
const handler = /@(Get|Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g;

/**
 * The routes of an app: those that its controllers declare and those of its OpenAPI document.
 * The one has pages that are in no document, the other routes that a library brings.
 */
export function routesOf(root: string, app: string): Route[] {
  const folder = join(root, 'apps', app, 'src');
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const document = join(root, 'docs/api/openapi', `${app}.json`);
  const routes = [
    ...globSync('**/*.controller.ts', { cwd: folder }).sort().map(read).flatMap(routesIn),
    ...(existsSync(document) ? documented(readFileSync(document, 'utf8')) : []),
  ];
  return [...new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

const documented = (text: string): Route[] =>
  Object.entries((JSON.parse(text) as { paths: Record<string, object> }).paths).flatMap(
    ([path, operations]) =>
      methods
        .filter((method) => method in operations)
        .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, '{*}') })),
  );

export function routesIn(source: string): Route[] {
  const prefix = controller.exec(source)?.[1] ?? '';
  return [...source.matchAll(handler)].map(([, method = '', path = '']) => ({
    method: method.toUpperCase(),
    path: ['', ...prefix.split('/'), ...path.split('/')]
      .filter((segment, index) => index === 0 || segment)
      .map((segment) => (segment.startsWith(':') ? '{*}' : segment))
      .join('/'),
  }));
}

/** Whether a path of a policy lets a route through: `{*}` is any one segment, a `*` at the end anything. */
export function covers(pattern: string, path: string): boolean {
  if (pattern.endsWith('*') && !pattern.endsWith('{*}')) return path.startsWith(pattern.slice(0, -1));
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === '{*}' || segment === given[index])
  );
}
