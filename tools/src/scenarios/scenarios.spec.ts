import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../runner/settings.ts';
import { scenarios } from './scenarios.ts';

const folders = globSync('istio/scenarios/*/README.md', { cwd: root }).map(
  (file) => file.split('/')[2] ?? '',
);

describe('the scenarios', () => {
  it('are those that have a folder', () => {
    expect(scenarios.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it.each(folders)('%s says how it is played, and what comes of it', (name) => {
    const text = readFileSync(join(root, 'istio/scenarios', name, 'README.md'), 'utf8');
    expect(text).toContain(`npm run scenario -- ${name}\n`);
    expect(text).toMatch(/^Expect: /m);
  });
});
