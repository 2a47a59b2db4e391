import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './objects.ts';
import { toolsFolder } from './programs.ts';

/** The version of Kubernetes that the manifests are for. */
export const kubernetesVersion = '1.35';

/** Where the schemas of one version and those of custom resources lie. */
export interface Schemas {
  builtIn: string;
  custom: string[];
}

/** Those in the folder for tools, and in MANIFEST_CRDS (folders, separated by colons). */
export function findSchemas(env: NodeJS.ProcessEnv = process.env): Schemas | undefined {
  const folder = toolsFolder(env);
  const builtIn = globSync(`${folder}/schemas/v${kubernetesVersion}.*`).at(-1);
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
  metadata: { name: string };
  spec: { group: string; names: { kind: string } };
}

/** The custom resources that a file describes, each with its part of the text. */
export const customResources = (text: string): { name: string; crd: Crd; text: string }[] =>
  parseAllDocuments(text)
    .map((document) => ({ document, crd: document.toJS() as Crd | null }))
    .filter(({ crd }) => crd?.kind === 'CustomResourceDefinition')
    .map(({ document, crd }) => ({ name: crd!.metadata.name, crd: crd!, text: document.toString() }));

const kindsIn = (file: string): string[] =>
  customResources(readFileSync(file, 'utf8')).map(({ crd }) => `${crd.spec.group} ${crd.spec.names.kind}`);
