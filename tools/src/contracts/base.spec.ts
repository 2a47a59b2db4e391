import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verdictSince } from './base.ts';
import { folders } from './files.ts';

const shop = new URL('../../..', import.meta.url).pathname;

interface Api {
  info: { version: string };
  paths: Record<string, object>;
}

describe('what was released at a commit', () => {
  let root: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: root });
  const commit = (message: string) => git('commit', '-q', '--allow-empty', '--no-gpg-sign', '-m', message);
  const editReleased = (change: (gateway: Api) => unknown) => {
    const path = join(root, folders.released, 'openapi/gateway.json');
    const gateway = JSON.parse(readFileSync(path, 'utf8')) as Api;
    change(gateway);
    writeFileSync(path, JSON.stringify(gateway));
  };
  const withoutOrders = ({ paths }: Api) => delete paths['/v1/orders'];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'shop-base-'));
    git('init', '-q');
    commit('before the first release');
    cpSync(join(shop, folders.released), join(root, folders.released), { recursive: true });
    git('add', '.');
    commit('a release');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is not broken as long as nothing changes', async () => {
    expect(await verdictSince(root, 'HEAD')).toEqual({ findings: [], withoutNewVersion: [] });
  });

  it('judges a commit that edits the released documents', async () => {
    editReleased(withoutOrders);
    git('add', '.');
    commit('an edit that is no release');
    const { findings, withoutNewVersion } = await verdictSince(root, 'HEAD~1');
    expect(findings.map(({ where }) => where)).toEqual(['POST /v1/orders', 'GET /v1/orders']);
    expect(withoutNewVersion).toEqual(['gateway']);
  });

  it.each([
    ['may be broken by a higher version', '10', []],
    ['may not be broken by a lower version', '0', ['gateway']],
  ])('%s', async (_, version, withoutNewVersion) => {
    editReleased((gateway) => {
      withoutOrders(gateway);
      gateway.info.version = version;
    });
    expect(await verdictSince(root, 'HEAD')).toMatchObject({ findings: { length: 2 }, withoutNewVersion });
  });

  it('is nothing before the first release', async () => {
    editReleased(withoutOrders);
    expect(await verdictSince(root, 'HEAD~1')).toEqual({ findings: [], withoutNewVersion: [] });
  });

  it('cannot be told without the commit', async () => {
    await expect(verdictSince(root, '--all')).rejects.toThrow(
      'there is no commit --all here; fetch it first',
    );
  });
});
