import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject, Workload } from '../manifests/objects.ts';
import { root } from '../runner/settings.ts';
import { current, kubectl, objectsIn, put, ready, remove } from '../cluster/kubectl.ts';
import type { Scenario } from './scenarios.ts';

/** Until every sidecar has heard. */
const settleMs = 5_000;
const attempts = 3;

const folder = (name: string): string => join(root, 'istio/scenarios', name);

/** Sets a scenario up, observes it, and leaves the cluster as it was found, whatever happens. */
export async function play(scenario: Scenario, note: (detail: string) => void): Promise<string> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    note('the driver');
    for (const object of await objectsIn(folder('driver'))) await stage(object, undo);
    await ready('driver');
    if (scenario.canary) {
      note('the canary');
      await stage(await canaryOfCatalog(), undo);
      await ready('catalog-canary');
    }
    note('the routes');
    for (const object of await objectsIn(folder(scenario.name))) {
      await stage(object, undo);
      if (object.kind === 'Deployment') await ready(object.metadata.name);
    }
    await pause(settleMs);
    note('calling');
    return await observed(scenario);
  } finally {
    note('cleaning up');
    for (const step of undo.reverse()) await step();
  }
}

/** The configuration may have arrived late; what does not hold the third time does not hold. */
async function observed({ observe }: Scenario, left = attempts): Promise<string> {
  try {
    return await observe();
  } catch (error) {
    if (left <= 1) throw error;
    await pause(settleMs);
    return observed({ name: '', observe }, left - 1);
  }
}

async function stage(object: KubernetesObject, undo: (() => Promise<unknown>)[]): Promise<void> {
  const before = await current(object);
  undo.push(() => (before ? put(before) : remove(object)));
  await put(object);
}

/** The catalogue as it runs, once more, in the role of its next version. */
async function canaryOfCatalog(): Promise<KubernetesObject> {
  const text = await kubectl(['--namespace=shop', 'get', 'deployment/catalog', '--output=json']);
  const { apiVersion, kind, spec } = JSON.parse(text) as Workload;
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
