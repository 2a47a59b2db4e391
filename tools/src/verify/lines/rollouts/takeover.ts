import { setTimeout as pause } from 'node:timers/promises';
import { apply } from '../../../cluster/apply.ts';
import { current, find, kubectl, put, remove, rolledOut } from '../../../cluster/kubectl.ts';
import type { KubernetesObject, Workload } from '../../../manifests/objects.ts';
import type { Note, Stage } from '../../line.ts';
import { seen } from '../../wait.ts';
import { objectsBy } from './component.ts';
import { standing } from './release.ts';

/** Until every sidecar has heard. */
const settleMs = 5_000;

const orders = (apiVersion: string, kind: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'orders', namespace: 'shop' },
  spec: undefined,
});
const rollout = orders('argoproj.io/v1alpha1', 'Rollout');
const deployment = orders('apps/v1', 'Deployment');
/** What the component changes, and what Argo Rollouts does. */
const shared = [
  orders('networking.istio.io/v1', 'VirtualService'),
  orders('networking.istio.io/v1', 'DestinationRule'),
  orders('autoscaling/v2', 'HorizontalPodAutoscaler'),
];

/** Lets Argo Rollouts have the pods of orders for as long as `work` takes. At no time is there none that serves. */
export async function withRollout<T>(
  { overlay, signal }: Stage,
  note: Note,
  work: () => Promise<T>,
): Promise<T> {
  const objects = await objectsBy('rollouts', overlay);
  const [described, ...others] = await Promise.all([deployment, ...shared].map(asItIs));
  try {
    note('Argo Rollouts takes over');
    await apply(objects);
    await seen(signal, tookOver, { timeoutMs: 300_000, everyMs: 2_000 });
    return await work();
  } finally {
    note('the Deployment takes over again');
    const added = objects.filter(({ kind }) => !shared.some((object) => object.kind === kind));
    await giveBack(described as Workload, others, added);
  }
}

async function asItIs(object: KubernetesObject): Promise<KubernetesObject> {
  const found = await current(object);
  if (!found) throw new Error(`there is no ${object.kind} of orders`);
  return found;
}

async function tookOver(): Promise<void> {
  const { phase, message } = await standing();
  const { replicas = 0 } = ((await find(deployment)) as { status?: { replicas?: number } }).status ?? {};
  if (phase !== 'Healthy' || replicas > 0)
    throw new Error(`the Rollout is ${phase}: ${message}; the Deployment has ${replicas} pods`);
}

/** In this order: pods of the Deployment, then the routes to them, and only then no pods of the Rollout. */
async function giveBack(
  described: Workload,
  others: readonly KubernetesObject[],
  added: readonly KubernetesObject[],
): Promise<void> {
  const handsOff = {
    paused: true,
    workloadRef: { scaleDown: 'never' },
    strategy: { canary: { trafficRouting: null } },
  };
  const patch = JSON.stringify({ spec: handsOff });
  if (await find(rollout))
    await kubectl(['--namespace=shop', 'patch', 'rollout/orders', '--type=merge', `--patch=${patch}`]);
  await put(described);
  await rolledOut('orders');
  for (const object of others) await put(object);
  await pause(settleMs);
  for (const object of added) await remove(object);
}
