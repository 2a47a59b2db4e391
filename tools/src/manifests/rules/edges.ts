import { covers, isMethodOf } from '../code/routes.ts';
import { type Edge, edgesOf } from '../edges.ts';
import { grantsOf, principalsIn } from '../grants.ts';
import { connects, meshedNamespaces, type Pod, podsOf, principalOf } from '../pods.ts';
import type { Rule } from './rule.ts';

const arrow = ({ from, to, port }: Edge) => `${from.name} → ${to.name}:${port}`;
const isSame = (a: Pod, b: Pod) => a.name === b.name && a.namespace === b.namespace;
const ports = [8080, 5432, 9092];

/** Who may call whom: code, network and mesh say the same. */
export const edgeRules: Rule[] = [
  {
    holds: 'the network lets through every connection that the code needs',
    faults: (overlay, code) =>
      edgesOf(overlay, code)
        .filter(({ from, to, port }) => !connects(overlay, from, to, port))
        .map((edge) => `NetworkPolicies do not let ${arrow(edge)} through, on one side or both`),
  },
  {
    holds: 'the network lets no connection through that the code does not need',
    faults: (overlay, code) => {
      const edges = edgesOf(overlay, code);
      const pods = podsOf(overlay);
      const needed = (from: Pod, to: Pod, port: number) =>
        edges.some((edge) => edge.port === port && isSame(edge.from, from) && isSame(edge.to, to));
      return pods
        .flatMap((from) => pods.flatMap((to) => ports.map((port) => ({ from, to, port }))))
        .filter(({ to }) => to.namespace !== 'keda')
        .filter(({ from, to, port }) => connects(overlay, from, to, port) && !needed(from, to, port))
        .map((edge) => `NetworkPolicies let ${arrow(edge)} through, but nothing in the code calls it`);
    },
  },
  {
    holds: 'the mesh allows every call that the code makes, to its method and path',
    faults: (overlay, code) =>
      edgesOf(overlay, code)
        .filter(({ to }) => meshedNamespaces(overlay).includes(to.namespace))
        .flatMap((edge) => {
          const grants = grantsOf(overlay, edge.to).filter(
            ({ principal }) => principal === principalOf(edge.from),
          );
          if (!edge.routes)
            return grants.some((grant) => grant.ports?.includes(String(edge.port)))
              ? []
              : [`no AuthorizationPolicy allows ${arrow(edge)}`];
          return edge.routes
            .filter(
              (route) =>
                !grants.some(
                  ({ methods = [], paths = [] }) =>
                    methods.some((method) => isMethodOf(route, method)) &&
                    paths.some((pattern) => covers(pattern, route.path)),
                ),
            )
            .map(({ method, path }) => `no AuthorizationPolicy allows ${arrow(edge)} ${method} ${path}`);
        }),
  },
  {
    holds: 'the mesh allows no call that the code does not make',
    faults: (overlay, code) => {
      const edges = edgesOf(overlay, code);
      return podsOf(overlay)
        .filter(({ namespace }) => namespace !== 'istio-ingress')
        .flatMap((pod) =>
          grantsOf(overlay, pod).flatMap(({ policy, principal, methods, paths, ports: allowed }) => {
            const mine = edges.filter(({ from, to }) => isSame(to, pod) && principalOf(from) === principal);
            const what = `AuthorizationPolicy ${pod.namespace}/${policy} allows ${principal ?? 'anybody'}`;
            const [edge] = mine;
            if (!edge) return [`${what}, but nothing in the code calls ${pod.name} as such`];
            if (!edge.routes)
              return allowed?.join() === String(edge.port) ? [] : [`${what} more than port ${edge.port}`];
            if (!methods || !paths) return [`${what} any method or any path`];
            const routes = mine.flatMap((call) => call.routes ?? []);
            return methods
              .flatMap((method) => paths.map((path) => ({ method, path })))
              .filter(
                ({ method, path }) =>
                  !routes.some((route) => isMethodOf(route, method) && covers(path, route.path)),
              )
              .map(({ method, path }) => `${what} ${method} ${path}, which it does not call`);
          }),
        );
    },
  },
  {
    holds: 'every principal of a policy is a service account that there is',
    faults: (overlay) => {
      // Operators bring their own.
      const known = new Set(podsOf(overlay).filter(isForeign).map(principalOf));
      for (const { metadata } of overlay.of('ServiceAccount'))
        known.add(principalOf({ namespace: metadata.namespace ?? '', account: metadata.name }));
      return [...principalsIn(overlay)]
        .filter((principal) => !known.has(principal))
        .map((principal) => `${principal} is nobody`);
    },
  },
];

const isForeign = ({ namespace }: Pod): boolean => !['shop', 'data'].includes(namespace);
