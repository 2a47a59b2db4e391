import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The account that runs the server when we are root, because PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** `postgres` where the system has it, else `nobody`; undefined when we are not root. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, user: string) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // No such user; the next one.
    }
  }
  throw new Error(
    'PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody". Run as another user.',
  );
}

/** Whether others than the owner may enter a folder and all folders above it. */
export function isTraversable(path: string): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The folder itself, or a copy that every account can read. */
export function readable(folder: string, version: string): string {
  if (isTraversable(folder)) return folder;
  const copy = `/var/cache/shop/postgresql-${version}`;
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', partial]);
  renameSync(partial, copy);
  return copy;
}

/** A data folder that the account owns and can enter; where the wanted place lies under a private folder, that place becomes a link. */
export function ownedFolder(wanted: string, account: Account | undefined): string {
  const path = resolve(wanted);
  mkdirSync(dirname(path), { recursive: true });
  if (!account) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return realpathSync(path);
  }
  if (!isTraversable(dirname(path))) linkElsewhere(path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = realpathSync(path);
  chownSync(folder, account.uid, account.gid);
  return folder;
}

/** Removes a folder that `ownedFolder` answered, wherever it lies. */
export function removeOwnedFolder(wanted: string): void {
  const path = resolve(wanted);
  const linked = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  if (linked && existsSync(path)) rmSync(realpathSync(path), { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
}

function linkElsewhere(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  const target = `/var/lib/shop/${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
  mkdirSync(target, { recursive: true });
  chmodSync(dirname(target), 0o755);
  symlinkSync(target, path);
}

/** Where a package keeps its files, relative to one of its binaries: `native/bin/postgres` → `native`. */
export const installationOf = (binary: string): string => join(dirname(binary), '..');
