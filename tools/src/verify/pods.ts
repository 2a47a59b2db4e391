import { list } from '../cluster/kubectl.ts';
import type { KubernetesObject } from '../manifests/objects.ts';

/** What we read of a pod that serves. */
export interface ServingPod extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { deletionTimestamp?: string };
  status: {
    conditions?: { type: string; status: string }[];
    containerStatuses?: { name: string; restartCount: number }[];
  };
}

interface EndpointSlice extends KubernetesObject {
  endpoints?: { conditions: { ready?: boolean } }[];
}

const nameLabel = 'app.kubernetes.io/name';

/** The pods of a service that are not on their way out. */
export async function podsOf(service: string): Promise<ServingPod[]> {
  const pods = await list<ServingPod>('pods', 'shop');
  return pods.filter(
    ({ metadata }) => metadata.labels?.[nameLabel] === service && !metadata.deletionTimestamp,
  );
}

/** How often the process of a pod was started again. */
export const restartsOf = ({ status }: ServingPod): number =>
  status.containerStatuses?.find(({ name }) => name === 'app')?.restartCount ?? 0;

export const isReady = ({ status }: ServingPod): boolean =>
  status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;

/** How many endpoints of each service take requests. */
export async function readyEndpoints(): Promise<(service: string) => number> {
  const slices = await list<EndpointSlice>('endpointslices', 'shop');
  return (service) =>
    slices
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service)
      .flatMap(({ endpoints }) => endpoints ?? [])
      .filter(({ conditions }) => conditions.ready).length;
}

/** A clock: how many whole seconds have passed. */
export function stopwatch(): () => number {
  const since = performance.now();
  return () => Math.round((performance.now() - since) / 1000);
}
