import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { KubernetesObject } from './objects.ts';
import type { Overlay } from './overlay.ts';
import { findProgram, run } from './programs.ts';
import { findSchemas, kubernetesVersion, withoutSchema } from './schemas.ts';

/** A program of others that looks at a built overlay. */
export interface Validator {
  title: string;
  program: string;
  /** What it needs beside the program, if that is missing here. */
  lacks?(): string | undefined;
  /** `file` holds the overlay's text, `folder` may be written to. Resolves to what was checked; rejects with what is wrong. */
  check(program: string, overlay: Overlay, file: string, folder: string): Promise<string>;
}

export const validators: readonly Validator[] = [
  {
    title: 'schemas',
    program: 'kubectl-validate',
    lacks: () => (findSchemas() ? undefined : `no schemas of Kubernetes ${kubernetesVersion} here`),
    async check(program, { objects }, _, folder) {
      const schemas = findSchemas()!;
      const unknown = withoutSchema(schemas, objects);
      const known = objects.filter((object) => !unknown.has(object));
      const input = join(folder, 'objects');
      mkdirSync(input);
      // One file for each, so that a message names its object. In JSON: YAML here and there differ about words like yes.
      for (const [index, object] of known.entries()) {
        const { namespace = '', name } = object.metadata;
        writeFileSync(
          join(input, `${object.kind}-${namespace}-${name}-${index}.yaml`),
          JSON.stringify(object),
        );
      }
      const { code, stdout, stderr } = await run(program, [
        // No version: only the schemas given count, not those that the program brings.
        '--version=',
        `--local-schemas=${schemas.builtIn}`,
        `--local-crds=${schemas.custom.join()}`,
        input,
      ]);
      if (code !== 0) throw new Error(faultsOf(stdout + stderr, folder));
      const words = unknown.size ? `; no schema here of ${kindsOf([...unknown]).join(', ')}` : '';
      return `${known.length} objects of ${kubernetesVersion} and custom resources${words}`;
    },
  },
  {
    title: 'pod security',
    program: 'podsecurity',
    async check(program, overlay, file) {
      const { code, stdout, stderr } = await run(program, [file]);
      if (code !== 0) throw new Error(stdout + stderr);
      return `${overlay.workloads.length} workloads at the level of their namespace`;
    },
  },
  {
    title: 'kube-score',
    program: 'kube-score',
    async check(program, _, file) {
      const { code, stdout, stderr } = await run(program, [
        'score',
        `--kubernetes-version=v${kubernetesVersion}`,
        '--output-format=ci',
        // A processor is shared by weight; a limit would only slow down who could have had it.
        '--ignore-container-cpu-limit',
        // Tags here are never moved, and images may be loaded instead of pulled.
        '--ignore-test=container-image-pull-policy',
        file,
      ]);
      const critical = stdout.split('\n').filter((line) => line.startsWith('[CRITICAL]'));
      if (critical.length || (code ?? 2) > 1) throw new Error([...critical, stderr].join('\n'));
      return `nothing critical, ${stdout.split('\n[WARNING]').length - 1} warnings`;
    },
  },
  {
    title: 'istioctl analyze',
    program: 'istioctl',
    async check(program, _, file) {
      const { code, stdout, stderr } = await run(program, [
        'analyze',
        '--use-kube=false',
        '--failure-threshold=Warning',
        file,
      ]);
      if (code !== 0) throw new Error(stdout + stderr);
      return 'the mesh as a whole';
    },
  },
];

export const programOf = ({ program }: Validator): string | undefined => findProgram(program);

const kindsOf = (objects: KubernetesObject[]): string[] => [
  ...new Set(objects.map(({ apiVersion, kind }) => `${kind} of ${apiVersion.split('/')[0]}`)),
];

const faultsOf = (output: string, folder: string): string =>
  stripVTControlCharacters(output)
    .replaceAll(`${folder}/objects/`, '')
    .split('\n')
    .filter((line) => line && !line.endsWith('...OK') && !line.startsWith('Error: validation failed'))
    .join('\n');
