import { type Labels, picks, type Selector } from './objects.ts';
import { appName, type Overlay, podLabels } from './overlay.ts';
import { door } from './code/edges.ts';

/** What a policy knows of a pod. */
export interface Pod {
  name: string;
  namespace: string;
  labels: Labels;
  account: string;
}

/** The pods that operators make, which no workload of ours stands for. */
const made: Record<string, Pod> = {
  Gateway: {
    name: door.account,
    namespace: door.namespace,
    labels: { 'gateway.networking.k8s.io/gateway-name': 'shop' },
    account: door.account,
  },
  ScaledObject: {
    name: 'keda-operator',
    namespace: 'keda',
    labels: { app: 'keda-operator' },
    account: 'keda-operator',
  },
  Cluster: {
    name: 'postgres',
    namespace: 'data',
    labels: { 'app.kubernetes.io/name': 'postgres' },
    account: 'postgres',
  },
  Kafka: {
    name: 'kafka',
    namespace: 'data',
    labels: { 'app.kubernetes.io/name': 'kafka' },
    account: 'kafka',
  },
};

/** Every kind of pod of an overlay, outside of the namespace that watches. */
export function podsOf(overlay: Overlay): Pod[] {
  const ours = overlay.workloads
    .filter(({ metadata }) => metadata.namespace !== 'observability')
    .map((workload) => ({
      name: appName(workload),
      namespace: workload.metadata.namespace ?? '',
      labels: podLabels(workload),
      account: workload.spec.template.spec.serviceAccountName ?? 'default',
    }));
  return [...ours, ...Object.entries(made).flatMap(([kind, pod]) => (overlay.of(kind).length ? [pod] : []))];
}

/** The namespaces whose pods get a sidecar. */
export const meshedNamespaces = (overlay: Overlay): string[] =>
  overlay
    .of('Namespace')
    .filter(({ metadata }) => metadata.labels?.['istio-injection'] === 'enabled')
    .map(({ metadata }) => metadata.name);

export const principalOf = ({ namespace, account }: Pick<Pod, 'namespace' | 'account'>): string =>
  `cluster.local/ns/${namespace}/sa/${account}`;

interface Peer {
  ipBlock?: { cidr: string; except?: string[] };
  namespaceSelector?: Selector;
  podSelector?: Selector;
}

interface NetworkPolicySpec {
  podSelector: Selector;
  policyTypes: string[];
  ingress?: { from?: Peer[]; ports?: { port: number }[] }[];
  egress?: { to?: Peer[]; ports?: { port: number }[] }[];
}

/** Whether the NetworkPolicies let one pod open a connection to a port of another: both ends must agree. */
export function connects(overlay: Overlay, from: Pod, to: Pod, port: number): boolean {
  const at = (pod: Pod) =>
    overlay
      .of<NetworkPolicySpec>('NetworkPolicy')
      .filter(
        ({ metadata, spec }) => metadata.namespace === pod.namespace && picks(spec.podSelector, pod.labels),
      )
      .map(({ spec }) => spec);
  const ends = [
    { policies: at(to), type: 'Ingress', other: from, home: to.namespace },
    { policies: at(from), type: 'Egress', other: to, home: from.namespace },
  ];
  return ends.every(({ policies, type, other, home }) => {
    const guarding = policies.filter(({ policyTypes }) => policyTypes.includes(type));
    if (guarding.length === 0) return true;
    const rules = guarding.flatMap(({ ingress = [], egress = [] }) =>
      type === 'Ingress'
        ? ingress.map(({ from: peers, ports }) => ({ peers, ports }))
        : egress.map(({ to: peers, ports }) => ({ peers, ports })),
    );
    return rules.some(
      ({ peers, ports }) =>
        (!ports || ports.some((allowed) => allowed.port === port)) &&
        (!peers || peers.some((peer) => isPeer(peer, other, home))),
    );
  });
}

function isPeer({ ipBlock, namespaceSelector, podSelector }: Peer, pod: Pod, home: string): boolean {
  // Pods have private addresses.
  if (ipBlock) return !ipBlock.except?.includes('10.0.0.0/8');
  const inNamespace = namespaceSelector
    ? picks(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })
    : pod.namespace === home;
  return inNamespace && picks(podSelector ?? {}, pod.labels);
}
