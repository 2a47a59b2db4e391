import { it } from '@jest/globals';
import { findBuilder, folderOf, overlayOf } from './build.ts';
import { Overlay } from './overlay.ts';
import { root } from '../runner/settings.ts';

const build = findBuilder();
if (!build)
  process.stderr.write(
    'NOT TESTED on built manifests: neither kustomize nor kubectl is here (npm run manifests:tools)\n',
  );

const overlays = new Map<string, Promise<Overlay>>();

/** An overlay, built once; the caller may change what it gets. */
export async function built(name: string): Promise<Overlay> {
  if (!build) throw new Error('nothing can build an overlay here');
  const overlay = overlays.get(name) ?? build(folderOf(root, name)).then((text) => overlayOf(name, text));
  overlays.set(name, overlay);
  return new Overlay(name, structuredClone((await overlay).objects));
}

/** A test on built manifests. Where nothing can build them it is skipped, which is said aloud. */
export const whereBuilt: typeof it.skip = build ? it : it.skip;
