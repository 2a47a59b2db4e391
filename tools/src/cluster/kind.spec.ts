import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../runner/settings.ts';
import { adviceOn, clusterName } from './kind.ts';

describe('the cluster of kind', () => {
  it('is called as its file says', () => {
    const { name } = parse(readFileSync(join(root, 'k8s/kind/cluster.yaml'), 'utf8')) as { name: string };
    expect(clusterName).toBe(name);
  });

  it.each([
    ['Bind for 127.0.0.1:8080 failed: port is already allocated', 'Port 8080 is in use'],
    ['too many open files', 'sysctl'],
    ['anything else', 'kind:down'],
  ])('says what to do about "%s"', (message, advice) => {
    expect(adviceOn(message)).toMatch(advice);
    expect(adviceOn(message)).toMatch(message);
  });
});
