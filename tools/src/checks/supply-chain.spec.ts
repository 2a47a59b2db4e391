import { describe, expect, it } from '@jest/globals';
import { undecidedScripts } from './install-scripts.ts';
import { forbiddenLicences } from './licences.ts';
import { type LockedPackage, unpinnedEntries } from './lockfile.ts';
import { looseWorkflow } from './workflows.ts';

const lockfile = (entry: LockedPackage, path = 'node_modules/left-pad') => ({
  packages: { '': {}, 'apps/orders': {}, 'node_modules/@shop/orders': { link: true }, [path]: entry },
});
const integrity = 'sha512-abc';

describe('a lockfile', () => {
  it('pins the contents of every package of others', () => {
    expect(unpinnedEntries(lockfile({ integrity }))).toEqual([]);
    expect(unpinnedEntries(lockfile({}))).toEqual(['node_modules/left-pad: has no SHA-512 integrity']);
    expect(unpinnedEntries(lockfile({ integrity: 'sha1-abc' }))).toHaveLength(1);
  });

  it('is bound to no registry', () => {
    const resolved = 'https://mirror.test/left-pad.tgz';
    expect(unpinnedEntries(lockfile({ integrity, resolved }))).toEqual([
      'node_modules/left-pad: is bound to mirror.test; take "resolved" away',
    ]);
  });
});

describe('install scripts', () => {
  const scripted = lockfile({ hasInstallScript: true }, 'node_modules/a/node_modules/@b/c');

  it.each([true, false])('are decided on when allowScripts says %s', (allowed) => {
    expect(undecidedScripts(scripted, { '@b/c': allowed })).toEqual([]);
  });

  it('are undecided when it says nothing, and it says nothing of packages without', () => {
    expect(undecidedScripts(scripted, {})).toEqual([
      '@b/c has an install script, and allowScripts does not list it',
    ]);
    expect(undecidedScripts(lockfile({}), { 'left-pad': true })).toEqual([
      'allowScripts lists left-pad, which has no install script, or is not installed',
    ]);
  });
});

describe('a licence', () => {
  it.each(['MIT', '(GPL-3.0-only OR MIT)', 'Apache-2.0 AND MIT'])('%s is allowed', (license) => {
    expect(forbiddenLicences(lockfile({ license }))).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'MIT AND SSPL-1.0', 'SEE LICENSE IN LICENSE'])('%s is not', (license) => {
    expect(forbiddenLicences(lockfile({ license }))).toEqual([`node_modules/left-pad: ${license}`]);
  });

  it('must be named', () => {
    expect(forbiddenLicences(lockfile({}))).toEqual([
      expect.stringContaining('node_modules/left-pad: names no licence'),
    ]);
  });
});

describe('a workflow', () => {
  const digest = 'fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09';
  const faults = (action: string, permissions = 'permissions:\n  contents: read') =>
    looseWorkflow('ci.yml', `${permissions}\njobs:\n  test:\n    steps:\n      - uses: ${action}\n`);

  it('runs actions at a commit, with the version beside it, and those of its own repository', () => {
    expect(faults(`actions/checkout@${digest} # v5.1.0`)).toEqual([]);
    expect(faults('./.github/actions/own')).toEqual([]);
  });

  it.each([
    'actions/checkout@v5',
    'actions/checkout@main',
    `actions/checkout@${digest}`,
    `a/b@${digest.slice(1)} # v5`,
  ])('may not run %s', (action) => {
    expect(faults(action)).toEqual([expect.stringContaining(`${action.split(' ')[0]} is not pinned`)]);
  });

  it('names its permissions', () => {
    const action = `actions/checkout@${digest} # v5.1.0`;
    expect(faults(action, 'name: ci')).toEqual([expect.stringContaining('says no permissions')]);
    expect(faults(action, 'permissions: write-all')).toEqual([expect.stringContaining('grants write-all')]);
  });
});
