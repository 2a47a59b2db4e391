/** A project as its sources, its package.json and its tsconfig.json see it. */
export interface Project {
  name: string;
  path: string;
  imports: Set<string>;
  declared: Set<string>;
  references: Set<string>;
}

/**
 * Imports = dependencies = references. An undeclared internal import still compiles, because npm hoists, and a missing reference
 * is no error either; but both leave the build order and the affected graph to luck.
 */
export function undeclaredImports(projects: Project[], thirdParty: Set<string>): string[] {
  const internal = new Set(projects.map(({ name }) => name));
  return projects.flatMap((project) => [
    ...[...project.imports]
      .filter((name) => !internal.has(name) && !thirdParty.has(name))
      .map((name) => `${project.path}: imports ${name}, which the root package.json does not list`),
    ...[...project.declared]
      .filter((name) => !internal.has(name))
      .map(
        (name) => `${project.path}: declares ${name}; third-party packages belong in the root package.json`,
      ),
    ...differences(project, internal),
  ]);
}

function differences(
  { name: self, path, imports, declared, references }: Project,
  internal: Set<string>,
): string[] {
  const used = new Set([...imports].filter((name) => internal.has(name) && name !== self));
  return [...used.union(declared).union(references)]
    .filter((name) => internal.has(name))
    .flatMap((name) => [
      ...(used.has(name) ? [] : [`${path}: declares or references ${name} but never imports it`]),
      ...(declared.has(name) ? [] : [`${path}: package.json lacks ${name}`]),
      ...(references.has(name) ? [] : [`${path}: tsconfig.json lacks a reference to ${name}`]),
    ]);
}
