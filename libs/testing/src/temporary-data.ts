import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, readPid, reap } from './embedded/process.ts';
import { removeOwnedFolder } from './embedded/unprivileged.ts';

const PREFIX = 'shop-test-';

/** A folder for the data of a server that ends with this process; first clears up after processes that were killed. */
export async function temporaryData(): Promise<string> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, 'owner'), `${process.pid}\n${commandLine(process.pid)}`);
  return folder;
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const owner = readPid(join(folder, 'owner'));
    if (owner === 0 || commandLine(owner) !== '') continue;
    await reap(join(folder, 'postgres', 'postmaster.pid'), folder, ['SIGQUIT']);
    await reap(join(folder, 'kafka', 'kafka.pid'), folder, []);
    removeOwnedFolder(join(folder, 'postgres'));
    removeOwnedFolder(folder);
  }
}
