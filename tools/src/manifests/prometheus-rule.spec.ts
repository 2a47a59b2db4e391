import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../runner/settings.ts';

const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'));

describe("the operator's rules", () => {
  it('are those of observability/prometheus/rules: copy a changed group to k8s/components/servicemonitors/rules.yaml', () => {
    const files = globSync('observability/prometheus/rules/*.yaml', { cwd: root }).sort();
    const groups = files.flatMap((file) => (read(file) as { groups: object[] }).groups);
    expect(read('k8s/components/servicemonitors/rules.yaml')).toMatchObject({ spec: { groups } });
  });
});
