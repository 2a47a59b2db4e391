import type { KubernetesObject, Labels, Workload } from './objects.ts';

const workloadKinds = ['Deployment', 'StatefulSet', 'Job'];

/** A built overlay, and the questions that rules ask of it. */
export class Overlay {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];

  constructor(name: string, objects: readonly KubernetesObject[]) {
    this.name = name;
    this.objects = objects;
  }

  of<Spec = unknown>(...kinds: string[]): KubernetesObject<Spec>[] {
    return this.objects.filter(({ kind }) => kinds.includes(kind)) as KubernetesObject<Spec>[];
  }

  find<Spec = unknown>(kind: string, name: string, namespace?: string): KubernetesObject<Spec> | undefined {
    return this.of<Spec>(kind).find(
      ({ metadata }) => metadata.name === name && (!namespace || metadata.namespace === namespace),
    );
  }

  /** Everything that becomes pods of ours. What KEDA starts as Jobs counts as one. */
  get workloads(): Workload[] {
    return [
      ...this.of<Workload['spec']>(...workloadKinds),
      ...this.of<ScaledJobSpec>('ScaledJob').map(jobOf),
    ];
  }

  /** The services: Deployments of one of our apps. */
  get services(): Workload[] {
    return this.workloads.filter(
      (workload) =>
        workload.kind === 'Deployment' && podLabels(workload)['app.kubernetes.io/component'] === 'service',
    );
  }

  /** The settings that a workload's first container gets, by name. */
  environment(workload: Workload): Record<string, string> {
    const [container] = workload.spec.template.spec.containers;
    const maps = (container?.envFrom ?? []).map(
      ({ configMapRef }) =>
        this.find('ConfigMap', configMapRef?.name ?? '', workload.metadata.namespace)?.data ?? {},
    );
    const own = (container?.env ?? []).map(({ name, value = '' }) => [name, value] as const);
    return Object.assign({}, ...maps, Object.fromEntries(own));
  }
}

interface ScaledJobSpec {
  maxReplicaCount: number;
  jobTargetRef: Workload['spec'];
}

/** What KEDA makes of it, as if it were there: as many as there may be at once. */
const jobOf = ({ spec, ...job }: KubernetesObject<ScaledJobSpec>): Workload => ({
  ...job,
  kind: 'Job',
  spec: { ...spec.jobTargetRef, replicas: spec.maxReplicaCount },
});

export const podLabels = ({ spec }: Workload): Labels => spec.template.metadata?.labels ?? {};

export const appName = (workload: Workload): string => podLabels(workload)['app.kubernetes.io/name'] ?? '';

/** `Deployment shop/orders`, for messages. */
export const title = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
