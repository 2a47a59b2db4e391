import { imageNames } from '../images/options.ts';
import { named, namedByContent } from '../cluster/images.ts';
import { list } from '../cluster/kubectl.ts';
import type { KubernetesObject } from '../manifests/objects.ts';
import type { Progress } from '../runner/progress.ts';
import { runCommand } from '../runner/run-command.ts';

/** By which names the images of the shop are in the cluster, where not by those of the overlay. */
export const imagesIn = (
  load: string | undefined,
  progress: Progress,
): Promise<ReadonlyMap<string, string>> => (load ? loaded(load, progress) : running());

/** Brings them into the cluster by a command, which their names follow. */
const loaded = (command: string, progress: Progress) =>
  progress.step('Loading', async (note) => {
    const names = await namedByContent();
    note(`${imageNames.length} images`);
    const [program = '', ...args] = command.split(' ');
    await runCommand(command, program, [...args, ...imageNames.map(named), ...names.values()]);
    return names;
  });

/** Those that are running, so that looking at a shop does not replace its pods. */
async function running(): Promise<ReadonlyMap<string, string>> {
  const kinds: [kinds: string, namespace: string][] = [
    ['deployments,jobs,scaledjobs', 'shop'],
    ['jobs', 'data'],
  ];
  const objects = await Promise.all(kinds.map(([kind, namespace]) => list(kind, namespace)));
  return namesIn(objects.flat());
}

/** `shop/orders:dev` by the name it has in these objects. */
export function namesIn(objects: readonly KubernetesObject[]): Map<string, string> {
  const images = JSON.stringify(objects).matchAll(/"image":"((?:[^":]+\/)?shop\/([\w-]+)[:@][^"]+)"/g);
  return new Map(Array.from(images, ([, image = '', app = '']) => [`shop/${app}:dev`, image]));
}
