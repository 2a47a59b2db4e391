import { title } from '../overlay.ts';
import { connects, meshedNamespaces, type Pod, podsOf } from '../pods.ts';
import type { Rule } from './rule.ts';

/** What every pod in the mesh needs, whatever it does. */
const everybody: (Omit<Pod, 'account'> & { port: number })[] = [
  { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod' }, port: 15012 },
  { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, port: 53 },
  {
    name: 'collector',
    namespace: 'observability',
    labels: { 'app.kubernetes.io/name': 'collector' },
    port: 4318,
  },
];

/** What holds for everything in the mesh. */
export const meshRules: Rule[] = [
  {
    holds: 'whoever has no certificate is not heard',
    faults: (overlay) => {
      const policy = overlay.find<{ mtls?: { mode: string }; selector?: unknown }>(
        'PeerAuthentication',
        'default',
        'istio-system',
      );
      const weaker = overlay
        .of<{ mtls?: { mode: string } }>('PeerAuthentication')
        .filter(({ spec }) => spec.mtls?.mode !== 'STRICT')
        .map((object) => `${title(object)} is not STRICT`);
      return policy && !policy.spec.selector
        ? weaker
        : ['the root namespace has no PeerAuthentication', ...weaker];
    },
  },
  {
    holds: 'every namespace of ours denies by default, in the network and in the mesh',
    faults: (overlay) =>
      [...meshedNamespaces(overlay), 'istio-ingress'].flatMap((namespace) => [
        ...(overlay
          .of<{ selector?: unknown; rules?: unknown[]; action?: string }>('AuthorizationPolicy')
          .some(
            ({ metadata, spec }) =>
              metadata.namespace === namespace && !spec.selector && !spec.rules && !spec.action,
          )
          ? []
          : [`${namespace} has no AuthorizationPolicy that allows nothing`]),
        ...(overlay
          .of<{ podSelector: object; policyTypes: string[]; ingress?: unknown; egress?: unknown }>(
            'NetworkPolicy',
          )
          .some(
            ({ metadata, spec }) =>
              metadata.namespace === namespace &&
              Object.keys(spec.podSelector).length === 0 &&
              spec.policyTypes.length === 2 &&
              !spec.ingress &&
              !spec.egress,
          )
          ? []
          : [`${namespace} has no NetworkPolicy that denies everything`]),
      ]),
  },
  {
    holds: 'every pod in the mesh reaches its control plane, names and the collector',
    faults: (overlay) =>
      podsOf(overlay)
        .filter(({ namespace }) => [...meshedNamespaces(overlay), 'istio-ingress'].includes(namespace))
        .flatMap((from) =>
          everybody
            .filter(({ port, ...pod }) => !connects(overlay, from, { ...pod, account: pod.name }, port))
            .map(({ name, port }) => `NetworkPolicies keep ${from.name} from ${name}:${port}`),
        ),
  },
];
