/** The part of package-lock.json (version 3) that counts here. */
export interface Lockfile {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

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
