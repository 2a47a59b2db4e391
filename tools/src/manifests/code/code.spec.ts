import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../runner/settings.ts';
import { type App, readApps } from './app.ts';
import { calls, routesOfCall } from './edges.ts';
import { covers, isMethodOf, type Route, routesIn } from './routes.ts';

/** Addresses of somebody outside, or of a folder. */
const outside = new Set(['DATABASE_URL', 'SMTP_URL', 'STRIPE_URL']);

describe('the declared calls', () => {
  let apps: Map<string, App>;
  beforeAll(async () => {
    apps = await readApps(root);
  });
  const served = (name: string): Route[] => apps.get(name)?.routes ?? [];

  it('are those that the settings of the apps name', () => {
    const named = [...apps.values()].flatMap(({ name, settings }) =>
      Object.keys(settings)
        .filter((setting) => setting.endsWith('_URL') && !outside.has(setting))
        .map((setting) => `${name} ${setting}`),
    );
    expect(named.sort()).toEqual(calls.map(({ from, setting }) => `${from} ${setting}`).sort());
  });

  it.each(calls)('$from calls only what $to serves', ({ to, routes }) => {
    const missing = routesOfCall({ ...(routes && { routes }) }, served(to)).filter(
      ({ method, path }) => !served(to).some((route) => isMethodOf(route, method) && route.path === path),
    );
    expect(missing).toEqual([]);
  });

  it.each(calls.filter(({ routes }) => routes))(
    '$from knows every word of the routes of $to',
    ({ from, routes = [] }) => {
      const source = sourceOf(from);
      const words = routes.flatMap((route) => route.split('/').slice(2)).filter((word) => word !== '{*}');
      expect([...new Set(words)].filter((word) => !source.includes(word))).toEqual([]);
    },
  );
});

/** What an app is made of, and the settings that complete its addresses. */
const sourceOf = (name: string): string =>
  [...globSync(`apps/${name}/src/**/*.ts`, { cwd: root }), 'docker-compose.yml']
    .filter((file) => !/\.(int-)?spec\.|\.fixture\./.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

describe('the routes of a controller', () => {
  it('are read from its decorators', () => {
    const source = `@Controller('v1/orders') class Orders { @Get() list() {} @Get(':id/timeline') x() {} @Post(':id/cancel') y() {} }`;
    expect(routesIn(source)).toEqual([
      { method: 'GET', path: '/v1/orders' },
      { method: 'GET', path: '/v1/orders/{*}/timeline' },
      { method: 'POST', path: '/v1/orders/{*}/cancel' },
    ]);
    expect(routesIn(`@Controller() class Docs { @Get('docs') page() {} }`)).toEqual([
      { method: 'GET', path: '/docs' },
    ]);
  });

  it.each([
    ['/v1/orders/{*}', '/v1/orders/{*}', true],
    ['/docs/{*}', '/docs/start.js', true],
    ['/v1/orders/{*}', '/v1/orders/{*}/timeline', false],
    ['/v1/orders', '/v1/orders/{*}', false],
    ['/v1/admin/*', '/v1/admin/stock/opening', true],
  ])('are covered by a path of a policy: %s and %s: %s', (pattern, path, expected) => {
    expect(covers(pattern, path)).toBe(expected);
  });
});
