import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '../manifests/objects.ts';
import { StartError } from '../runner/settings.ts';
import { stateOf } from './changes.ts';
import { find, kubectl, nameOf } from './kubectl.ts';
import { type Pod, troubles } from './troubles.ts';

type Note = (detail: string) => void;

/** What becomes ready, among objects that were applied. */
const waited = ['Job', 'StatefulSet', 'Deployment', 'Gateway'];

/** Waits until everything of a wave is ready. Says what it waits for, and why it gave up. */
export async function waitFor(objects: readonly KubernetesObject[], note: Note): Promise<void> {
  const left = new Set(objects.filter(({ kind }) => waited.includes(kind)));
  const tell = () => left.size > 0 && note(`waiting for ${namesOf(left)}`);
  tell();
  await Promise.all(
    [...left].map(async (object) => {
      await (object.kind === 'Job' ? completed(object) : ready(object));
      left.delete(object);
      tell();
    }),
  );
}

const namesOf = (objects: Iterable<KubernetesObject>): string => {
  const names = [...objects].map(({ metadata }) => metadata.name);
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
};

async function ready(object: KubernetesObject): Promise<void> {
  const how = object.kind === 'Gateway' ? ['wait', '--for=condition=Programmed'] : ['rollout', 'status'];
  await kubectl([...how, ...nameOf(object), '--timeout=300s']).catch((error: Error) => given(object, error));
}

async function completed(job: KubernetesObject): Promise<void> {
  const until = Date.now() + 600_000;
  while (Date.now() < until) {
    const state = stateOf((await find(job)) ?? job);
    if (state === 'complete') return;
    if (state === 'failed') return given(job, new Error('it failed'));
    await pause(1_000);
  }
  return given(job, new Error('it took longer than ten minutes'));
}

async function given({ kind, metadata }: KubernetesObject, cause: Error): Promise<never> {
  const { name, namespace } = metadata;
  const text = await kubectl([`--namespace=${namespace}`, 'get', 'pods', '--output=json']);
  const { items } = JSON.parse(text) as { items: Pod[] };
  throw new StartError(
    [
      `${kind} ${namespace}/${name} did not become ready: ${cause.message}`,
      ...troubles(items),
      `Look: kubectl --namespace=${namespace} describe ${kind.toLowerCase()}/${name}`,
      `      kubectl --namespace=${namespace} get events --sort-by=.lastTimestamp`,
      'What was done so far stays; run the command again when it is put right.',
    ].join('\n'),
  );
}
