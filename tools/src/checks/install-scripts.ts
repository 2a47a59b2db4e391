import { type Lockfile, thirdParty } from './lockfile.ts';

/** Packages that would run a script when they are installed and are not said to be allowed to, and sayings about none. */
export function undecidedScripts(lockfile: Lockfile, allowed: Record<string, boolean>): string[] {
  const names = new Set(
    thirdParty(lockfile)
      .filter(({ hasInstallScript }) => hasInstallScript)
      .map(({ name }) => name),
  );
  return [
    ...[...names]
      .filter((name) => !(name in allowed))
      .map((name) => `${name} has an install script, and allowScripts does not list it`),
    ...Object.keys(allowed)
      .filter((name) => !names.has(name))
      .map((name) => `allowScripts lists ${name}, which has no install script, or is not installed`),
  ];
}
