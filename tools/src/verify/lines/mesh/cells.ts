import { dataPorts, door } from '../../../manifests/code/edges.ts';
import type { Code } from '../../../manifests/code/index.ts';
import { covers, isMethodOf, type Route } from '../../../manifests/code/routes.ts';
import { type Edge, edgesOf } from '../../../manifests/edges.ts';
import type { Overlay } from '../../../manifests/overlay.ts';
import { type Pod, podsOf } from '../../../manifests/pods.ts';
import { type Call, hellos, type Verdict } from './ask.ts';
import type { Probe } from './probe.ts';

/** One call by one caller, and what must become of it. */
export interface Cell {
  probe: Probe;
  target: string;
  call: Call;
  expected: Verdict;
}

/** A path of a route, about nobody and nothing. */
export const pathOf = (path: string): string =>
  path.replaceAll('{*}', '00000000-0000-4000-8000-000000000000');

/** What nobody calls through the mesh: probes come from the node, and metrics by the sidecar. */
export const elsewhere: Route[] = ['/health/ready', '/metrics', '/v1/nowhere'].map((path) => ({
  method: 'GET',
  path,
}));

const stranger = { namespace: 'shop', account: 'probe-stranger', stranger: true };
/** Somebody without a certificate, as a customer is. */
export const plaintext: Probe = { name: 'probe-plaintext', ...stranger, plain: true };

const nameOf = ({ namespace, account }: Pick<Pod, 'namespace' | 'account'>) =>
  `probe-${namespace}-${account}`;

/** One for each account that a pod of the shop or its data has, and three who have no business here. */
export function callersOf(overlay: Overlay): Probe[] {
  const known = podsOf(overlay)
    .filter(({ namespace }) => namespace !== door.namespace)
    .map(({ namespace, account }) => ({ name: nameOf({ namespace, account }), namespace, account }));
  return [
    ...new Map(known.map((probe) => [probe.name, probe])).values(),
    { name: 'probe-stranger', ...stranger },
    // Called as one of the shop is, but of another namespace.
    { name: 'probe-namesake', namespace: 'data', account: 'gateway', stranger: true },
    plaintext,
  ];
}

/** Every caller with every target: what the code calls is answered, everything else is refused. */
export function cellsOf(overlay: Overlay, code: Pick<Code, 'apps'>): Cell[] {
  const edges = edgesOf(overlay, code);
  const targets = podsOf(overlay).filter(({ name, namespace }) => overlay.find('Service', name, namespace));
  return callersOf(overlay).flatMap((probe) =>
    targets.flatMap((to) => {
      const mine = edges.filter((edge) => isBy(edge, probe) && isTo(edge, to));
      const host = `${to.name}.${to.namespace}.svc.cluster.local`;
      const cell = (call: Call, needed: boolean): Cell => ({
        probe,
        target: to.name,
        call,
        expected: probe.plain ? 'cut' : needed ? 'answered' : 'hello' in call ? 'cut' : 'refused',
      });
      if (isData(to.name))
        return [cell({ host, port: dataPorts[to.name], hello: hellos[to.name] }, mine.length > 0)];
      const needed = mine.flatMap(({ routes = [] }) => routes);
      return triesOf(code.apps.get(to.name)?.routes ?? []).map(({ method, path }) =>
        cell(
          { host, port: 80, method, path: pathOf(path) },
          needed.some((route) => isMethodOf(route, method) && covers(route.path, path)),
        ),
      );
    }),
  );
}

/** Everything that is served, each path also by a method that nobody serves, and some paths that nobody calls. */
export function triesOf(served: readonly Route[]): Route[] {
  const methods = (method: string) => (method === '*' ? ['GET', 'POST'] : [method]);
  const paths = [...new Set(served.map(({ path }) => path))];
  return [
    ...served.flatMap(({ method, path }) => methods(method).map((each) => ({ method: each, path }))),
    ...paths.map((path) => ({ method: 'PUT', path })),
    ...elsewhere,
  ];
}

const isBy = ({ from }: Edge, { namespace, account, stranger }: Probe) =>
  !stranger && from.namespace === namespace && from.account === account;
const isTo = ({ to }: Edge, { name, namespace }: Pod) => to.name === name && to.namespace === namespace;
const isData = (name: string): name is keyof typeof dataPorts => name in dataPorts;
