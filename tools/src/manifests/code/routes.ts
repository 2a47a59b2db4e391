import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route as a mesh policy writes it: `{*}` stands for one segment. */
export interface Route {
  method: string;
  path: string;
}

const controller = /@Controller\((?:'([^']*)')?\)/;
const handler = /@(Get|Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g;

/** The routes that an app's controllers declare. */
export function routesOf(root: string, app: string): Route[] {
  const folder = join(root, 'apps', app, 'src');
  return globSync('**/*.controller.ts', { cwd: folder })
    .sort()
    .flatMap((file) => routesIn(readFileSync(join(folder, file), 'utf8')));
}

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
