import type { Workload } from './objects.ts';
import type { Overlay } from './overlay.ts';

export interface HpaSpec {
  scaleTargetRef: { kind: string; name: string };
  minReplicas: number;
  maxReplicas: number;
  metrics: {
    type: string;
    containerResource?: { name: string; container: string; target: { averageUtilization: number } };
  }[];
}

export interface ScaledSpec {
  scaleTargetRef: { name: string };
  minReplicaCount?: number;
  maxReplicaCount?: number;
  triggers: { type: string; metadata: Record<string, string> }[];
}

/** How many pods of a workload there may be: as its autoscaler, KEDA or itself says. */
export function replicasOf(overlay: Overlay, { metadata, spec }: Workload): { least: number; most: number } {
  const isMine = (object: { spec: { scaleTargetRef: { name: string } } }) =>
    object.spec.scaleTargetRef.name === metadata.name;
  const hpa = overlay.of<HpaSpec>('HorizontalPodAutoscaler').find(isMine)?.spec;
  if (hpa) return { least: hpa.minReplicas, most: hpa.maxReplicas };
  const scaled = overlay.of<ScaledSpec>('ScaledObject').find(isMine)?.spec;
  if (scaled) return { least: scaled.minReplicaCount ?? 0, most: scaled.maxReplicaCount ?? 100 };
  return { least: spec.replicas ?? 1, most: spec.replicas ?? 1 };
}
