import { door } from '../../../manifests/code/edges.ts';
import type { Code } from '../../../manifests/code/index.ts';
import type { Route } from '../../../manifests/code/routes.ts';
import type { Overlay } from '../../../manifests/overlay.ts';
import type { Verdict } from './ask.ts';
import { type Cell, elsewhere, pathOf, plaintext, triesOf } from './cells.ts';

export const theDoor = 'the door';

const toDoor = ({ method, path }: Route, headers: Record<string, string>, expected: Verdict): Cell => ({
  probe: plaintext,
  target: theDoor,
  call: {
    host: `${door.account}.${door.namespace}.svc.cluster.local`,
    port: 80,
    method,
    path: pathOf(path),
    headers,
  },
  expected,
});

/** What a customer does by the door: every public route is answered behind it, and nothing else passes. */
export const cellsOfDoor = ({ apps }: Pick<Code, 'apps'>, token: string): Cell[] =>
  triesOf(apps.get('gateway')?.routes ?? []).map((route) =>
    toDoor(
      route,
      { authorization: `Bearer ${token}` },
      route.method === 'PUT' || elsewhere.includes(route) ? 'refused' : 'answered',
    ),
  );

const get = (path: string): Route => ({ method: 'GET', path });

/** By the name of the provider of identities one gets to it, and to nothing of the shop; and by no other name. */
export function cellsOfSignIn(overlay: Overlay): Cell[] {
  const [host] = overlay.find<{ hostnames: string[] }>('HTTPRoute', 'identity')?.spec.hostnames ?? [];
  const discovery = get('/.well-known/openid-configuration');
  const theirs: Route[] = [discovery, get('/jwks'), get('/sign-in.css'), { method: 'POST', path: '/token' }];
  return host
    ? [
        ...theirs.map((route) => toDoor(route, { host }, 'answered')),
        ...[get('/v1/products'), ...elsewhere].map((route) => toDoor(route, { host }, 'refused')),
        toDoor(discovery, {}, 'refused'),
      ]
    : [];
}
