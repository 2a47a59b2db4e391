import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../manifests/objects.ts';
import { changesBetween, outdated, stamped, words } from './changes.ts';

const aMap = (name: string, value: string, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...more },
  spec: undefined,
  data: { value },
});

describe('what an apply has done', () => {
  it('is counted by what the objects say, not by what the cluster notes on them', () => {
    const before = [aMap('a', '1', { resourceVersion: '7' }), aMap('b', '1')];
    const after = [aMap('a', '1', { resourceVersion: '8' }), aMap('b', '2'), aMap('c', '1')];
    expect(changesBetween(before, after)).toEqual({ created: 1, changed: 1, unchanged: 1 });
  });

  it('is nothing the second time, and says so', () => {
    const objects = () => [aMap('a', '1'), aMap('b', '1')];
    expect(words(changesBetween(objects(), objects()))).toBe('nothing to change in 2 objects');
  });
});

describe('a Job', () => {
  const job = (image: string): KubernetesObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'topics' },
    spec: { image },
  });
  const ended = (type: string) => ({ status: { conditions: [{ type, status: 'True' }] } });

  it('stays when it is of the same content', () => {
    expect(outdated({ ...stamped(job('a')), ...ended('Complete') }, stamped(job('a')))).toBe(false);
  });

  it('makes place for another content, and when it failed', () => {
    expect(outdated({ ...stamped(job('a')), ...ended('Complete') }, stamped(job('b')))).toBe(true);
    expect(outdated({ ...stamped(job('a')), ...ended('Failed') }, stamped(job('a')))).toBe(true);
  });
});
