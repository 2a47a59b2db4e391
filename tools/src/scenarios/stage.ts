import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject, Workload } from '../manifests/objects.ts';
import { root } from '../runner/settings.ts';
import { current, kubectl, objectsIn, put, remove, rolledOut } from '../cluster/kubectl.ts';
import type { Scenario } from './scenarios.ts';

/** Until every sidecar has heard. */
const settleMs = 5_000;
const attempts = 3;

const folder = (name: string): string => join(root, 'istio/scenarios', name);

type Undo = (() => Promise<unknown>)[];

/** Sets a scenario up, observes it, and leaves the cluster as it was found, whatever happens: also when it is stopped. */
export async function play(
  scenario: Scenario,
  note: (detail: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const undo: Undo = [];
  try {
    const catalog = await running('catalog');
    const place = async (objects: KubernetesObject[]) => {
      for (const object of objects) {
        signal.throwIfAborted();
        await stage(object, undo);
        if (object.kind === 'Deployment') await rolledOut(object.metadata.name);
      }
    };
    const objects = async (name: string) =>
      (await objectsIn(folder(name))).map((object) => withImageOf(catalog, object));
    note('the driver');
    await place(await objects('driver'));
    if (scenario.canary) {
      note('the canary');
      await place([canaryOf(catalog)]);
    }
    note('the routes');
    await place(await objects(scenario.name));
    await pause(settleMs, undefined, { signal });
    note('calling');
    return await observed(scenario, signal);
  } finally {
    note('cleaning up');
    await putBack(undo);
  }
}

/** The configuration may have arrived late; what does not hold the third time does not hold. */
export async function observed(
  { observe }: Pick<Scenario, 'observe'>,
  signal: AbortSignal,
  left = attempts,
): Promise<string> {
  signal.throwIfAborted();
  try {
    return await observe();
  } catch (error) {
    if (left <= 1) throw error;
    await pause(settleMs, undefined, { signal });
    return observed({ observe }, signal, left - 1);
  }
}

/** Everything, in the opposite order; one that cannot be put back keeps no other from it. */
export async function putBack(undo: Undo): Promise<void> {
  const faults: unknown[] = [];
  for (const step of undo.reverse()) await step().catch((error: unknown) => faults.push(error));
  if (faults.length)
    throw new Error(`not everything could be put back: ${String(faults[0])}`, { cause: faults[0] });
}

async function stage(object: KubernetesObject, undo: Undo): Promise<void> {
  const before = await current(object);
  undo.push(() => (before ? put(before) : remove(object)));
  await put(object);
}

async function running(deployment: string): Promise<Workload> {
  const text = await kubectl(['--namespace=shop', 'get', `deployment/${deployment}`, '--output=json']);
  return JSON.parse(text) as Workload;
}

/** A Deployment with the image that a running one has, which its nodes can fetch; anything else as it is. */
export function withImageOf({ spec }: Workload, object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Deployment') return object;
  const { image = '' } = spec.template.spec.containers.find(({ name }) => name === 'app') ?? {};
  const copy = structuredClone(object) as Workload;
  for (const container of copy.spec.template.spec.containers) container.image = image;
  return copy;
}

/** The catalogue as it runs, once more, in the role of its next version. */
function canaryOf({ apiVersion, kind, spec }: Workload): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'catalog', track: 'canary' };
  const template = {
    ...spec.template,
    metadata: { labels: { ...spec.template.metadata?.labels, ...labels } },
  };
  return {
    apiVersion,
    kind,
    metadata: {
      name: 'catalog-canary',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/part-of': 'scenarios' },
    },
    spec: { ...spec, replicas: 1, selector: { matchLabels: labels }, template },
  };
}
