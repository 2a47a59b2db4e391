import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './objects.ts';

/** The version of Kubernetes that the manifests are for. */
export const kubernetesVersion = '1.35';

/** Where the schemas of one version and those of custom resources lie. */
export interface Schemas {
  builtIn: string;
  custom: string[];
}

/** Those in the folder that MANIFEST_TOOLS names, and in MANIFEST_CRDS (folders, separated by colons). */
export function findSchemas(env: NodeJS.ProcessEnv = process.env): Schemas | undefined {
  const folder = env['MANIFEST_TOOLS'];
  const builtIn = folder && globSync(`${folder}/schemas/v${kubernetesVersion}.*`).at(-1);
  if (!builtIn) return undefined;
  return {
    builtIn,
    custom: [join(folder, 'crds'), ...(env['MANIFEST_CRDS']?.split(':').filter(Boolean) ?? [])],
  };
}

/** The objects that no schema here describes. A kind alone tells nothing: more than one group has a Service. */
export function withoutSchema(
  { builtIn, custom }: Schemas,
  objects: readonly KubernetesObject[],
): Set<KubernetesObject> {
  const groups = new Set(globSync('*', { cwd: join(builtIn, 'apis') }));
  const kinds = new Set(custom.flatMap((folder) => globSync(`${folder}/*.yaml`).flatMap(kindsIn)));
  return new Set(
    objects.filter(({ apiVersion, kind }) => {
      const [group = '', version] = apiVersion.split('/');
      return version !== undefined && !groups.has(group) && !kinds.has(`${group} ${kind}`);
    }),
  );
}

interface Crd {
  kind: string;
  spec: { group: string; names: { kind: string } };
}

const kindsIn = (file: string): string[] =>
  parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS() as Crd | null)
    .filter((crd) => crd?.kind === 'CustomResourceDefinition')
    .map((crd) => `${crd!.spec.group} ${crd!.spec.names.kind}`);
