import { join } from 'node:path';
import { runCommand } from '../runner/run-command.ts';
import { root, StartError } from '../runner/settings.ts';

/** As k8s/kind/cluster.yaml calls it. */
export const clusterName = 'shop';
const config = join(root, 'k8s/kind/cluster.yaml');

const kind = (...args: string[]): Promise<string> => runCommand(`kind ${args[0]}`, 'kind', args);

export const isThere = async (): Promise<boolean> =>
  (await kind('get', 'clusters')).split('\n').includes(clusterName);

/** Creates the cluster unless it is there, and makes its context the one that kubectl uses. */
export async function ensureCluster(note: (detail: string) => void): Promise<void> {
  const found = await isThere();
  note(found ? `${clusterName} is there` : 'three nodes; the first time this fetches an image of 1 GB');
  if (!found)
    await kind('create', 'cluster', '--config', config, '--wait', '180s').catch((error: Error) => {
      throw new StartError(adviceOn(error.message));
    });
  await kind('export', 'kubeconfig', '--name', clusterName);
}

/** What kind said, and what to do where we know it. */
export function adviceOn(message: string): string {
  if (/port is already allocated|address already in use/.test(message))
    return `${message}\n\nPort 8080 is in use. Stop what listens there (npm start, docker compose down), then run this again.`;
  if (/too many open files|inotify/.test(message))
    return `${message}\n\nThe nodes need more watches: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`;
  return `${message}\n\nThen "npm run kind:down" removes what is left, and "npm run kind:up" starts over.`;
}

/** Those that a node has already are not sent again. */
export const loadImages = (names: readonly string[]): Promise<string> =>
  kind('load', 'docker-image', ...names, '--name', clusterName);

export const deleteCluster = (): Promise<string> => kind('delete', 'cluster', '--name', clusterName);
