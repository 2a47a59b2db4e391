import { list } from '../../../cluster/kubectl.ts';
import type { Workload } from '../../../manifests/objects.ts';

/** The services that are to have a pod: what KEDA has scaled to nothing sleeps. */
export async function awakeServices(): Promise<string[]> {
  const deployments = await list<Workload>('deployments', 'shop');
  return deployments.filter(({ spec }) => spec.replicas !== 0).map(({ metadata }) => metadata.name);
}
