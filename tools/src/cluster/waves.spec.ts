import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../manifests/objects.ts';
import { built, whereBuilt } from '../manifests/where-built.ts';
import { waves, withImages } from './waves.ts';

const anObject = (kind: string, wave?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'any', ...(wave && { annotations: { 'argocd.argoproj.io/sync-wave': wave } }) },
  spec: undefined,
});

describe('waves', () => {
  it('are in order of their numbers, and what names none is in the wave 0', () => {
    const ordered = waves([
      anObject('Deployment'),
      anObject('Job', '-1'),
      anObject('Namespace', '-5'),
      anObject('Service', '0'),
    ]);
    expect(ordered.map(({ title, objects }) => [title, ...objects.map(({ kind }) => kind)])).toEqual([
      ['Namespaces', 'Namespace'],
      ['Migrations', 'Job'],
      ['Services', 'Deployment', 'Service'],
    ]);
  });
});

describe('the shop on kind', () => {
  whereBuilt(
    'comes up from the ground: rules before data, data before migrations, services last',
    async () => {
      const plan = waves((await built('kind')).objects);
      expect(plan.map(({ title }) => title)).toEqual([
        'Namespaces',
        'Rules, settings',
        'Data',
        'Databases',
        'Migrations',
        'Services',
      ]);
      const names = (title: string) =>
        plan.find((wave) => wave.title === title)?.objects.map(({ metadata }) => metadata.name);
      expect(names('Data')?.sort()).toEqual(['kafka', 'postgres']);
      expect(names('Databases')).toEqual(['databases']);
      expect(names('Services')).toEqual(expect.arrayContaining(['gateway', 'orders', 'shop']));
    },
  );
});

describe('other images', () => {
  it('are named wherever an object names one, and nowhere else', () => {
    const object = {
      name: 'shop/orders:dev',
      containers: [{ image: 'shop/orders:dev' }, { image: 'postgres:18' }],
    };
    expect(withImages(object, new Map([['shop/orders:dev', 'shop/orders:1a2b']]))).toEqual({
      name: 'shop/orders:dev',
      containers: [{ image: 'shop/orders:1a2b' }, { image: 'postgres:18' }],
    });
  });
});
