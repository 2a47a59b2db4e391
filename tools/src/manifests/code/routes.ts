import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route as a mesh policy writes it: `{*}` stands for one segment. */
export interface Route {
  /** `*` where the protocol says which ones. */
  method: string;
  path: string;
}

const controller = /@Controller\((?:'([^']*)')?\)/;
const handler = /@(Get|Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g;

const path = /'(\/[\w./:-]*)'/g;

/**
 * The routes of an app: of its controllers, of its OpenAPI document, and of routes.ts, where a protocol says what is served.
 * Controllers have pages that are in no document, the document routes that a library brings.
 */
export function routesOf(root: string, app: string): Route[] {
  const folder = join(root, 'apps', app, 'src');
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const document = join(root, 'docs/api/openapi', `${app}.json`);
  const routes = [
    ...globSync('**/*.controller.ts', { cwd: folder }).sort().map(read).flatMap(routesIn),
    ...globSync('routes.ts', { cwd: folder }).map(read).flatMap(protocolIn),
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

const protocolIn = (source: string): Route[] =>
  [...new Set([...source.matchAll(path)].map(([, served = '']) => served))].map((served) => ({
    method: '*',
    path: segmentsOf(served),
  }));

const segmentsOf = (text: string): string =>
  ['', ...text.split('/').filter(Boolean)]
    .map((segment) => (segment.startsWith(':') ? '{*}' : segment))
    .join('/');

export function routesIn(source: string): Route[] {
  const prefix = controller.exec(source)?.[1] ?? '';
  return [...source.matchAll(handler)].map(([, method = '', own = '']) => ({
    method: method.toUpperCase(),
    path: segmentsOf(`${prefix}/${own}`),
  }));
}

/** Whether a method of a policy is one of a route: an answer to HEAD is that to GET without its body, and OPTIONS asks about any. */
export const isMethodOf = (route: Route, method: string): boolean =>
  route.method === '*' || method === 'OPTIONS' || route.method === (method === 'HEAD' ? 'GET' : method);

/** Whether a path of a policy lets a route through: `{*}` is any one segment, a `*` at the end anything. */
export function covers(pattern: string, path: string): boolean {
  if (pattern.endsWith('*') && !pattern.endsWith('{*}')) return path.startsWith(pattern.slice(0, -1));
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === '{*}' || segment === given[index])
  );
}
