import { kubectl, listOf } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import type { Note, Stage } from '../../line.ts';
import { accountsOf, openNetwork, podOf, type Probe, sightOf } from './probe.ts';

/** The namespaces that are guarded, in the mesh and in the network. */
const guarded = ['shop', 'data'];

export interface Setting {
  probes: readonly Probe[];
  /** Whether the network lets them through to everybody. */
  network: 'open' | 'as it is';
  /** What belongs to them. */
  objects?: readonly KubernetesObject[];
}

/** Has probes in the cluster while `use` runs, and nothing of them after it. */
export async function withProbes<T>(
  { probes, network, objects: more = [] }: Setting,
  { signal }: Pick<Stage, 'signal'>,
  note: Note,
  use: () => Promise<T>,
): Promise<T> {
  const image = await imageWithNode();
  const pods = probes.map((probe) => podOf(probe, image));
  const objects = [
    ...accountsOf(probes),
    ...sightOf(guarded),
    ...(network === 'open' ? openNetwork(guarded) : []),
    ...more,
    ...pods,
  ];
  try {
    note(`starting ${pods.length} pods`);
    await kubectl(['apply', '--server-side', '--force-conflicts', '--filename=-'], listOf(objects));
    await kubectl(['wait', '--for=condition=Ready', '--timeout=300s', '--filename=-'], listOf(pods));
    signal.throwIfAborted();
    return await use();
  } finally {
    note('cleaning up');
    await kubectl(['delete', '--ignore-not-found', '--timeout=120s', '--filename=-'], listOf(objects));
  }
}

/** That of the catalogue that runs, which the nodes have. */
const imageWithNode = (): Promise<string> =>
  kubectl([
    '--namespace=shop',
    'get',
    'deployment/catalog',
    '--output=jsonpath={.spec.template.spec.containers[0].image}',
  ]);
