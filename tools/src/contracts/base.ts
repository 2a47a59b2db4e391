import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { type Files, folders, readDocuments } from './files.ts';
import { type Verdict, verdict } from './release.ts';

/** What the released documents break of those that a commit has: a change that edits what it is judged by is judged by what was there before. */
export async function verdictSince(root: string, revision: string): Promise<Verdict> {
  const files = await filesAt(root, revision);
  if ((await files.names(folders.released)).length === 0) return { findings: [], withoutNewVersion: [] };
  const before = await readDocuments(folders.released, files);
  return verdict(before, await readDocuments(join(root, folders.released)));
}

async function filesAt(root: string, revision: string): Promise<Files> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })).stdout;
  const found = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  const commit = await found.then(
    (text) => text.trim(),
    () => Promise.reject(new Error(`there is no commit ${revision} here; fetch it first`)),
  );
  return {
    names: async (folder) =>
      (await git('ls-tree', '--name-only', commit, `${folder}/`))
        .split('\n')
        .filter(Boolean)
        .map((path) => basename(path)),
    text: (path) => git('show', `${commit}:${path}`),
  };
}
