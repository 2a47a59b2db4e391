import type { KubernetesObject, Labels } from '../../../manifests/objects.ts';

/** A pod that acts for somebody. */
export interface Probe {
  name: string;
  namespace: string;
  /** Whose certificate its sidecar shows. */
  account: string;
  /** The account is nobody else's, and is made with the pod. */
  stranger?: boolean;
  /** No sidecar, so no certificate. */
  plain?: boolean;
  labels?: Labels;
  annotations?: Labels;
  /** What it runs, as text for Node; by default nothing, until it is asked. */
  program?: string;
}

/** What all probes have in common, and nothing of the shop has. */
export const ours: Labels = { 'app.kubernetes.io/part-of': 'verify' };

const idle = 'setInterval(() => {}, 1 << 30)';

/** There are some twenty of them at once, on nodes that may be nearly full. */
const frugal: Labels = {
  'sidecar.istio.io/proxyCPU': '1m',
  'sidecar.istio.io/proxyMemory': '40Mi',
  'sidecar.istio.io/proxyMemoryLimit': '128Mi',
};

/** The pod of a probe, of an image that has Node. */
export function podOf(probe: Probe, image: string): KubernetesObject {
  const { name, namespace, account, plain, annotations, program = idle } = probe;
  const inject = { 'sidecar.istio.io/inject': String(!plain) };
  const labels = { 'app.kubernetes.io/name': name, ...probe.labels, ...inject, ...ours };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, annotations: { ...frugal, ...annotations } },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      priorityClassName: 'shop-batch',
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'app',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', program],
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            requests: { cpu: '1m', memory: '32Mi', 'ephemeral-storage': '1Mi' },
            limits: { memory: '128Mi', 'ephemeral-storage': '16Mi' },
          },
        },
      ],
    },
  };
}

/** The accounts of those who have none. */
export const accountsOf = (probes: readonly Probe[]): KubernetesObject[] =>
  probes
    .filter(({ stranger }) => stranger)
    .map(({ account, namespace }) => ({
      ...anObject('v1', 'ServiceAccount', account, namespace, undefined),
      automountServiceAccountToken: false,
    }));

/** Lets the sidecars of probes know everybody of the shop and its data, and nobody else. */
export const sightOf = (namespaces: readonly string[]): KubernetesObject[] =>
  namespaces.map((namespace) =>
    anObject('networking.istio.io/v1', 'Sidecar', 'probes', namespace, {
      workloadSelector: { labels: ours },
      egress: [{ hosts: ['shop/*', 'data/*'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    }),
  );

/** Lets the network carry probes to everybody, so that what refuses them is the mesh. */
export const openNetwork = (namespaces: readonly string[]): KubernetesObject[] =>
  namespaces.flatMap((namespace) => [
    anObject('networking.k8s.io/v1', 'NetworkPolicy', 'out-of-probes', namespace, {
      podSelector: { matchLabels: ours },
      policyTypes: ['Egress'],
      egress: [{}],
    }),
    anObject('networking.k8s.io/v1', 'NetworkPolicy', 'in-from-probes', namespace, {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: ours } }] }],
    }),
  ]);

const anObject = (
  ...[apiVersion, kind, name, namespace, spec]: [string, string, string, string, unknown]
): KubernetesObject => ({ apiVersion, kind, metadata: { name, namespace, labels: ours }, spec });
