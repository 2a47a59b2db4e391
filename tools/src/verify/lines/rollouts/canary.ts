import type { KubernetesObject } from '../../../manifests/objects.ts';

export interface Rollout extends KubernetesObject {
  status?: {
    phase?: string;
    message?: string;
    abort?: boolean;
    /** The hashes of two versions, which their pods carry as a label: the one that serves, and the newest. */
    stableRS?: string;
    currentPodHash?: string;
  };
}

export type VirtualService = KubernetesObject<{
  http: { route: { destination: { subset?: string }; weight?: number }[] }[];
}>;

export interface AnalysisRun extends KubernetesObject {
  status?: {
    phase?: string;
    metricResults?: { name: string; phase: string; measurements?: { value?: string }[] }[];
  };
}

/** Whether a pod is of the version of this hash. */
export const isOf = (hash: string | undefined, { metadata }: KubernetesObject): boolean =>
  metadata.labels?.['rollouts-pod-template-hash'] === hash;

/** What the canary gets of the traffic, in percent; undefined while the routes do not agree. */
export function canaryWeight({ spec }: VirtualService): number | undefined {
  const [weight, ...others] = spec.http.map(({ route }) =>
    route
      .filter(({ destination }) => destination.subset === 'canary')
      .reduce((sum, { weight = 0 }) => sum + weight, 0),
  );
  return others.every((other) => other === weight) ? weight : undefined;
}

/** `Failed by faults 1, 1 and slowness 0.02, 0.02`: how an analysis ended, and what Prometheus answered it. */
export function readingsOf({ status }: AnalysisRun): string {
  const readings = (status?.metricResults ?? []).map(({ name, measurements = [] }) => {
    const values = measurements.map(({ value = '' }) => rounded(value));
    return `${name} ${values.join(', ')}`;
  });
  return `${status?.phase} by ${readings.sort().join(' and ')}`;
}

/** `[0.0589763]` → `0.059`, `[]` → `nothing` */
function rounded(value: string): string {
  const inner = value.replace(/[[\]]/g, '');
  return inner ? String(Number(Number(inner).toFixed(3))) : 'nothing';
}
