import { picks, type Selector } from './objects.ts';
import type { Overlay } from './overlay.ts';
import type { Pod } from './pods.ts';

interface Operation {
  methods?: string[];
  paths?: string[];
  ports?: string[];
}

interface AuthorizationSpec {
  selector?: Selector;
  targetRefs?: { name: string }[];
  action?: string;
  rules?: { from?: { source: { principals?: string[] } }[]; to?: { operation: Operation }[] }[];
}

/** One thing that the mesh lets somebody do to a pod; no principal means anybody. */
export interface Grant extends Operation {
  policy: string;
  principal: string | undefined;
}

/** All that AuthorizationPolicies let others do to a pod. */
export function grantsOf(overlay: Overlay, pod: Pod): Grant[] {
  return overlay
    .of<AuthorizationSpec>('AuthorizationPolicy')
    .filter(({ metadata, spec }) => metadata.namespace === pod.namespace && aims(spec, pod))
    .filter(({ spec: { action = 'ALLOW' } }) => action === 'ALLOW')
    .flatMap(({ metadata, spec }) =>
      (spec.rules ?? []).flatMap(({ from, to }) => {
        const principals = from?.flatMap(({ source }) => source.principals ?? [undefined]) ?? [undefined];
        const operations = to?.map(({ operation }) => operation) ?? [{}];
        return principals.flatMap((principal) =>
          operations.map((operation) => ({ policy: metadata.name, principal, ...operation })),
        );
      }),
    );
}

const aims = ({ selector, targetRefs }: AuthorizationSpec, { labels }: Pod): boolean =>
  targetRefs
    ? targetRefs.some(({ name }) => labels['gateway.networking.k8s.io/gateway-name'] === name)
    : picks(selector ?? {}, labels);

/** The principals that policies name. */
export const principalsIn = (overlay: Overlay): Set<string> =>
  new Set(
    overlay
      .of<AuthorizationSpec>('AuthorizationPolicy')
      .flatMap(({ spec }) => spec.rules ?? [])
      .flatMap(({ from = [] }) => from.flatMap(({ source }) => source.principals ?? [])),
  );
