import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseObjects } from './objects.ts';
import { Overlay } from './overlay.ts';
import { findProgram, run } from './programs.ts';

/** The overlays in k8s/overlays, by name. */
export const overlayNames = (root: string): string[] =>
  globSync('k8s/overlays/*/kustomization.yaml', { cwd: root })
    .map((file) => dirname(file).split('/').at(-1) ?? '')
    .sort();

/** Folders that are applied by themselves, on top of an overlay. */
export const partNames = (root: string): string[] =>
  globSync('{istio/{ambient,scenarios/*},k8s/{argocd/apps,kind/*}}/kustomization.yaml', { cwd: root })
    .map(dirname)
    .sort();

/** How an overlay is built here, or undefined where nothing can build it. */
export function findBuilder(
  env: NodeJS.ProcessEnv = process.env,
): ((folder: string) => Promise<string>) | undefined {
  const kustomize = findProgram('kustomize', env);
  const kubectl = findProgram('kubectl', env);
  const [program, ...verb] = kustomize ? [kustomize, 'build'] : kubectl ? [kubectl, 'kustomize'] : [];
  if (!program) return undefined;
  return async (folder) => {
    const { code, stdout, stderr } = await run(program, [...verb, folder]);
    if (code !== 0) throw new Error(stderr.trim());
    return stdout;
  };
}

export const folderOf = (root: string, name: string): string => join(root, 'k8s/overlays', name);

export const overlayOf = (name: string, text: string): Overlay => new Overlay(name, parseObjects(text));
