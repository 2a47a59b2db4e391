import { parseAllDocuments } from 'yaml';

export type Labels = Record<string, string>;

/** What we read of any Kubernetes object; a rule says what it expects of `spec`. */
export interface KubernetesObject<Spec = unknown> {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels };
  spec: Spec;
  data?: Record<string, string>;
}

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value?: string }[];
  envFrom?: { configMapRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  resources?: { requests?: Labels; limits?: Labels };
  securityContext?: {
    readOnlyRootFilesystem?: boolean;
    allowPrivilegeEscalation?: boolean;
    capabilities?: { drop?: string[] };
  };
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  volumeMounts?: { name: string; mountPath: string }[];
}

export interface Probe {
  httpGet?: { path: string; port: string | number };
  tcpSocket?: { port: string | number };
  exec?: unknown;
  /** Of a liveness probe. */
  terminationGracePeriodSeconds?: number;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  priorityClassName?: string;
  terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
  topologySpreadConstraints?: { topologyKey: string; matchLabelKeys?: string[] }[];
  containers: Container[];
  volumes?: {
    name: string;
    secret?: { secretName: string };
    configMap?: { name: string };
    persistentVolumeClaim?: { claimName: string };
    projected?: { sources: { configMap?: { name: string } }[] };
  }[];
}

export interface WorkloadSpec {
  /** Of a Job. */
  activeDeadlineSeconds?: number;
  replicas?: number;
  selector?: Selector;
  strategy?: { type?: string; rollingUpdate?: { maxUnavailable?: number; maxSurge?: number } };
  template: { metadata?: { labels?: Labels; annotations?: Labels }; spec: PodSpec };
}

export type Workload = KubernetesObject<WorkloadSpec>;

/** The objects of a text of several YAML documents. */
export const parseObjects = (text: string): KubernetesObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);

/** Whether a selector picks what has these labels. */
export function picks({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels = {}): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === 'In') return values.includes(labels[key] ?? '');
      if (operator === 'Exists') return key in labels;
      throw new Error(`the operator ${operator} of a selector is not understood here`);
    })
  );
}

/** `250m` → 0.25, `64Mi` → 67108864. */
export function quantity(text: string | number = 0): number {
  const [, number = '', unit = ''] = /^([\d.]+)(\w*)$/.exec(String(text)) ?? [];
  const factor = { '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 }[unit];
  if (!number || factor === undefined) throw new Error(`"${text}" is no quantity`);
  return Number(number) * factor;
}
