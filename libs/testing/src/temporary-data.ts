import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, reap } from './embedded/process.ts';
import { removeOwnedFolder } from './embedded/unprivileged.ts';

const PREFIX = 'shop-test-';

/** A folder for the data of a server that ends with this process; first clears up after processes that were killed. */
export async function temporaryData(): Promise<string> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // As root, PostgreSQL runs under an account that has to pass through.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner'), `${process.pid}\n${commandLine(process.pid)}`);
  return folder;
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const owner = join(folder, 'owner');
    if (!existsSync(owner) || isHeld(owner)) continue;
    const postgres = join(folder, 'postgres');
    if (existsSync(postgres))
      await reap(join(postgres, 'postmaster.pid'), realpathSync(postgres), ['SIGQUIT']);
    await reap(join(folder, 'kafka', 'kafka.pid'), folder, []);
    removeOwnedFolder(postgres);
    removeOwnedFolder(folder);
  }
}

/** A pid alone proves nothing: the system uses it again. */
function isHeld(owner: string): boolean {
  const [pid, command] = readFileSync(owner, 'utf8').split('\n');
  return commandLine(Number(pid)) === command;
}
