import type { KubernetesObject } from '../manifests/objects.ts';
import { type Changes, changesBetween, outdated, stamped } from './changes.ts';
import { find, kubectl, listOf, remove } from './kubectl.ts';

/** Makes the objects what they should be, and answers what that changed. Can be repeated. */
export async function apply(objects: readonly KubernetesObject[]): Promise<Changes> {
  const wanted = objects.map((object) => (object.kind === 'Job' ? stamped(object) : object));
  await Promise.all(wanted.filter(({ kind }) => kind === 'Job').map(makePlace));
  const input = listOf(wanted);
  const before = await kubectl(
    ['get', '--filename=-', '--ignore-not-found', '--show-managed-fields=false', '--output=json'],
    input,
  );
  // On the server's side: what others own (replicas, weights) stays theirs unless we name it.
  const after = await kubectl(
    ['apply', '--server-side', '--force-conflicts', '--field-manager=shop', '--filename=-', '--output=json'],
    input,
  );
  return changesBetween(itemsOf(before), itemsOf(after));
}

/** A kustomization of others' manifests, which it may have to fetch. */
export const applyFolder = (folder: string): Promise<string> =>
  kubectl(['apply', '--server-side', '--force-conflicts', '--field-manager=shop', `--kustomize=${folder}`]);

async function makePlace(job: KubernetesObject): Promise<void> {
  const found = await find(job);
  if (found && outdated(found, job)) await remove(job);
}

/** kubectl prints a list of several, the object itself of one, and nothing of none. */
function itemsOf(text: string): KubernetesObject[] {
  if (!text.trim()) return [];
  const answer = JSON.parse(text) as KubernetesObject & { items?: KubernetesObject[] };
  return answer.items ?? [answer];
}
