import { type Call, calls, dataOf, dataPorts, door, type DataName, routesOfCall } from './code/edges.ts';
import type { Code } from './code/index.ts';
import type { Route } from './code/routes.ts';
import type { Overlay } from './overlay.ts';
import { type Pod, podsOf } from './pods.ts';

/** A connection that the code needs; `routes` when it is HTTP. */
export interface Edge {
  from: Pod;
  to: Pod;
  port: number;
  routes?: readonly Route[];
}

const servicePort = 8080;

/** Every connection that the code needs among what an overlay deploys. */
export function edgesOf(overlay: Overlay, { apps }: Pick<Code, 'apps'>): Edge[] {
  const pods = podsOf(overlay);
  const between = (from: string, to: string, port: number, routes?: readonly Route[]): Edge[] =>
    pods
      .filter(({ name }) => name === from)
      .flatMap((source) =>
        pods
          .filter(({ name }) => name === to)
          .map((target) => ({ from: source, to: target, port, ...(routes && { routes }) })),
      );
  const data = (from: string, name: DataName) => between(from, name, dataPorts[name]);
  const served = (name: string) => apps.get(name)?.routes ?? [];
  return [
    ...calls.flatMap((call) => {
      const { from, routes } = callerOf(call, pods);
      return between(from, call.to, servicePort, routesOfCall({ routes }, served(call.to)));
    }),
    ...door.to.flatMap((to) => between(door.account, to, servicePort, served(to))),
    ...[...apps.values()].flatMap((app) => [
      ...dataOf(app).flatMap((name) => data(app.name, name)),
      ...(app.migrates ? data(`${app.name}-migrations`, 'postgres') : []),
    ]),
    ...data('databases', 'postgres'),
    ...data('topics', 'kafka'),
    ...data('keda-operator', 'kafka'),
  ];
}

/** Whom a double stands for comes in by the door, where the double is not deployed. */
const callerOf = ({ from, routes, outside }: Call, pods: readonly Pod[]): Pick<Call, 'from' | 'routes'> =>
  outside && !pods.some(({ name }) => name === from)
    ? { from: door.account, routes: outside }
    : { from, ...(routes && { routes }) };
