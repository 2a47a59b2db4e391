import { glob, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import type { Project } from './declared-imports.ts';

interface Manifest {
  name: string;
  workspaces?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Every project of the workspace: its imports, what its package.json declares, what its tsconfig.json references. */
export async function readProjects(root: string): Promise<{ projects: Project[]; thirdParty: Set<string> }> {
  const manifest = await readManifest(root);
  const roots = await Array.fromAsync(
    glob(manifest.workspaces?.map((path) => `${path}/tsconfig.json`) ?? [], { cwd: root }),
  );
  const names = new Map<string, string>();
  for (const path of roots) names.set(dirname(path), (await readManifest(join(root, dirname(path)))).name);
  const projects = await Promise.all([...names.keys()].sort().map((path) => readProject(root, path, names)));
  return { projects, thirdParty: new Set(declared(manifest)) };
}

async function readProject(root: string, path: string, names: Map<string, string>): Promise<Project> {
  const manifest = await readManifest(join(root, path));
  const tsconfig = JSON.parse(await readFile(join(root, path, 'tsconfig.json'), 'utf8'));
  const references = (tsconfig.references ?? []).map(
    (to: { path: string }) => names.get(normalize(join(path, to.path))) ?? to.path,
  );
  const files = await Array.fromAsync(glob(`${path}/src/**/*.ts`, { cwd: root }));
  const imports = (
    await Promise.all(files.map(async (file) => importsOf(await readFile(join(root, file), 'utf8'))))
  ).flat();
  return {
    name: manifest.name,
    path,
    imports: new Set([...imports, ...preloaded(path)]),
    declared: new Set(declared(manifest)),
    references: new Set(references),
  };
}

const readManifest = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

const declared = ({ dependencies, devDependencies }: Manifest) =>
  Object.keys({ ...dependencies, ...devDependencies });

// Every app is started with `node --import @shop/tracing/preload`, which no source file shows.
const preloaded = (path: string) => (path.startsWith('apps/') ? ['@shop/tracing'] : []);

/** Names of the packages that a source file imports, without subpaths, Node's own modules and relative paths. */
export const importsOf = (source: string): string[] =>
  ts
    .preProcessFile(source, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map((specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
