import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { objectsIn } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { root } from '../../../runner/settings.ts';

/** The objects that a component of k8s/components adds to an overlay, or has otherwise. */
export async function objectsBy(component: string, overlay: string): Promise<KubernetesObject[]> {
  const folder = await mkdtemp(join(tmpdir(), 'overlay-'));
  try {
    const kustomization = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      // Kustomize takes no absolute paths.
      resources: [relative(folder, overlay)],
      components: [relative(folder, join(root, 'k8s/components', component))],
    };
    await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    const [plain, changed] = [await objectsIn(overlay), await objectsIn(folder)];
    return changed.filter((object) => !plain.some((other) => isDeepStrictEqual(other, object)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
