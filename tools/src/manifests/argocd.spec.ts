import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { kindNeeds } from '../cluster/needs.ts';
import { waveOf } from '../cluster/waves.ts';
import { root } from '../runner/settings.ts';
import type { KubernetesObject } from './objects.ts';

interface Application {
  source: {
    repoURL: string;
    path?: string;
    chart?: string;
    targetRevision: string;
    helm?: { valuesObject?: object };
  };
}
interface Operator {
  spec: { meshConfig: object; values: { pilot: object } };
}

const read = <Value>(path: string): Value => parse(readFileSync(join(root, path), 'utf8')) as Value;
const folder = 'k8s/argocd/apps';
const files = globSync('*.yaml', { cwd: join(root, folder) }).filter((name) => name !== 'kustomization.yaml');
const objects = files.map((name) => read<KubernetesObject<Application>>(`${folder}/${name}`));
const applications = objects.filter(({ kind }) => kind === 'Application');
const find = (name: string) => applications.find(({ metadata }) => metadata.name === name)!;

describe('what Argo CD brings', () => {
  it('is every file of the folder', () => {
    const { resources } = read<{ resources: string[] }>(`${folder}/kustomization.yaml`);
    expect(resources.map((path) => basename(path)).sort()).toEqual(files.sort());
  });

  it('comes from where the project allows, and from folders that exist', () => {
    const { sourceRepos } = read<{ spec: { sourceRepos: string[] } }>(`${folder}/project.yaml`).spec;
    for (const { spec } of applications) {
      expect(sourceRepos).toContain(spec.source.repoURL);
      if (spec.source.path) expect(existsSync(join(root, spec.source.path, 'kustomization.yaml'))).toBe(true);
    }
  });

  it('comes in waves: the mesh, what scales and stores, the shop last', () => {
    const order = ['gateway-api', 'istiod', 'keda', 'strimzi', 'shop'].map((name) => waveOf(find(name)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(Math.max(...applications.map(waveOf))).toBe(waveOf(find('shop')));
  });

  it('is one release of Istio, that of istioctl', () => {
    const releases = applications
      .filter(({ metadata }) => metadata.name.startsWith('istio'))
      .map(({ spec }) => spec.source.targetRevision);
    expect(new Set(releases).size).toBe(1);
    const { from } = kindNeeds.find(({ program }) => program === 'istioctl')!;
    expect(releases[0]).toMatch(new RegExp(`^${from}\\.\\d+$`));
  });

  it('gives the mesh the settings that istioctl gives it', () => {
    const { meshConfig, values } = read<Operator>('istio/install/operator.yaml').spec;
    const provider = read<Operator>('istio/install/provider-in-cluster.yaml').spec.values;
    expect(find('istiod').spec.source.helm?.valuesObject).toEqual({
      ...find('istio-base').spec.source.helm?.valuesObject,
      meshConfig,
      ...values,
      pilot: { ...values.pilot, ...provider.pilot },
    });
  });
});
