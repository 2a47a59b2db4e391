import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authSettings } from '../auth.ts';
import type { KubernetesObject } from '../manifests/objects.ts';
import type { Progress } from '../runner/progress.ts';
import { secretsIn } from '../runner/secrets.ts';
import { places, StartError } from '../runner/settings.ts';
import { apply } from './apply.ts';
import { type Changes, sum, words } from './changes.ts';
import { objectsIn } from './kubectl.ts';
import { waitFor } from './ready.ts';
import { clusterSecrets, secretObjects } from './secrets.ts';
import { waves, withImages } from './waves.ts';

export interface Deployed {
  /** The folder of an overlay. */
  overlay: string;
  /** By which names the images are in the cluster, where not by those of the overlay. */
  images: ReadonlyMap<string, string>;
  /** Where the secrets of this cluster are derived from, and the keys are that sign its tokens. */
  dataDir: string;
  progress: Progress;
}

/**
 * Brings the shop into the cluster that kubectl's context names, wave by wave, and waits for each. Gateway API, Istio and KEDA
 * are there already, and the images. Can be repeated; the second time it changes nothing.
 */
export async function deploy({ overlay, images, dataDir, progress }: Deployed): Promise<Changes> {
  const objects = withImages(await objectsIn(overlay), images);
  const [ground, ...others] = waves(objects);
  if (!ground) throw new StartError(`${overlay} holds no objects`);
  const secrets = { title: 'Secrets', objects: secretObjects(secretsFor(dataDir, issuerIn(objects))) };
  const done: Changes[] = [];
  for (const wave of [ground, secrets, ...others]) {
    await progress.step(wave.title, async (note) => {
      const changes = await apply(wave.objects);
      done.push(changes);
      await waitFor(wave.objects, note);
      note(words(changes));
    });
  }
  return sum(done);
}

/** Who issues tokens, as the services of the overlay expect it. */
function issuerIn(objects: readonly KubernetesObject[]): string {
  const issuer = objects.find(({ data }) => data?.['AUTH_ISSUER'])?.data?.['AUTH_ISSUER'];
  if (!issuer) throw new StartError('no ConfigMap of the overlay says AUTH_ISSUER');
  return issuer;
}

function secretsFor(dataDir: string, issuer: string) {
  const { auth, secrets } = places(dataDir);
  // Makes the first key, and notes whose name the tokens of `npm run token` carry.
  authSettings(dataDir, issuer, { AUTH_ISSUER: issuer });
  const secret = secretsIn(secrets);
  const keys = globSync('*.pem', { cwd: auth }).sort();
  const signing = Object.fromEntries(keys.map((name) => [name, readFileSync(join(auth, name), 'utf8')]));
  return clusterSecrets(secret, readFileSync(secrets, 'utf8'), signing);
}
