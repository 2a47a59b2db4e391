/** The part of package-lock.json (version 3) that counts here. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

export interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  integrity?: string;
  resolved?: string;
  license?: string;
  hasInstallScript?: boolean;
  /** One of our own workspaces. */
  link?: boolean;
}

/** The packages of others, by name and place. */
export const thirdParty = ({ packages }: Lockfile): (LockedPackage & { path: string; name: string })[] =>
  Object.entries(packages).flatMap(([path, entry]) =>
    path.includes('node_modules/') && !entry.link
      ? [{ ...entry, path, name: path.split('node_modules/').at(-1)! }]
      : [],
  );

/**
 * Entries whose content is not pinned, or that are pinned to a registry: what is installed must be the same bytes wherever they come
 * from, and whoever uses a mirror must be able to.
 */
export const unpinnedEntries = (lockfile: Lockfile): string[] =>
  thirdParty(lockfile).flatMap(({ path, integrity, resolved }) => [
    ...(integrity?.startsWith('sha512-') ? [] : [`${path}: has no SHA-512 integrity`]),
    ...(resolved ? [`${path}: is bound to ${new URL(resolved).host}; take "resolved" away`] : []),
  ]);

/**
 * Optional dependencies without an entry of their own: npm leaves them out when a release lacks some platform's binary, and then
 * `npm ci` fails for everybody.
 */
export const incompleteEntries = ({ packages }: Lockfile): string[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !resolutions(path, name).some((candidate) => candidate in packages))
      .map((name) => `${path || 'the root'}: ${name} has no entry in package-lock.json`),
  );

/** Where Node looks for `name` from `path`, nearest first. */
function resolutions(path: string, name: string): string[] {
  const parents = path
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...parents.reverse().map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`].map(
    (candidate) => candidate.replace(/^\//, ''),
  );
}
