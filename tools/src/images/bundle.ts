import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type OutputChunk, rolldown, type RolldownLog } from 'rolldown';

/**
 * Stays a package of its own in the image: OpenTelemetry patches `pg` when it is required, `kafkajs` is calmed by the paths of its
 * files, and `swagger-ui-dist` is served as files.
 */
const packages = ['pg', 'kafkajs', 'swagger-ui-dist'];

/** What a program does not read of such a package. */
const unread =
  /\.(map|md|ts)$|swagger-ui-(es-|standalone|bundle\.js\.LICENSE)|\/(types|testHelpers|oauth2-redirect)/;

/** Counts installations; nothing at run time asks for it. */
const unused = new Set(['@scarf/scarf']);

/** The programs of each image, compiled. All but `preload` are started by name. */
export function programsOf(app: string): Record<string, string> {
  const sources =
    app === 'setup'
      ? globSync('tools/dist/setup/*.js')
      : [`apps/${app}/dist/main.js`, `apps/${app}/dist/migrate.js`].filter((path) => existsSync(path));
  const programs = Object.fromEntries(sources.map((path) => [basename(path, '.js'), path]));
  return { ...programs, preload: 'libs/tracing/dist/preload.js' };
}

/** Writes what the image of an app consists of into `folder`. */
export async function bundle(app: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const bundled = await rolldown({
    input: programsOf(app),
    platform: 'node',
    external: packages.map((name) => new RegExp(`^${name}(/|$)`)),
    onLog: (_, log, forward) => void (isHarmless(log) || forward('error', log)),
  });
  // Not minified: class names become schema names in the API document, and a stack should say where.
  const { output } = await bundled.write({ dir: folder, format: 'esm', chunkFileNames: '[name]-[hash].js' });
  const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
  for (const name of packages.filter((name) => chunks.some(({ code }) => asksFor(name, code))))
    copyPackage(name, join(folder, 'node_modules'));
  if (app === 'identity')
    cpSync('apps/identity/data/development-users.json', join(folder, 'development-users.json'));
  if (app === 'setup') cpSync('apps/catalog/data/catalogue.csv', join(folder, 'catalogue.csv'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}

/** Nest and TypeORM ask for parts that nobody installed, and cope; koa's `depd` makes its wrappers by eval, of nothing from outside. */
const isHarmless = ({ code, id }: RolldownLog): boolean =>
  code === 'UNRESOLVED_IMPORT' || (code === 'EVAL' && /\/depd\//.test(id ?? ''));

const asksFor = (name: string, code: string): boolean =>
  new RegExp(`(from|__require\\(|resolve\\() ?"${name}["/]`).test(code);

/** Copies a package and what it depends on; npm has put them side by side. */
function copyPackage(name: string, to: string): void {
  if (existsSync(join(to, name))) return;
  const from = join('node_modules', name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  mkdirSync(dirname(join(to, name)), { recursive: true });
  cpSync(from, join(to, name), { recursive: true, filter: (path) => !unread.test(path.slice(from.length)) });
  for (const dependency of Object.keys(dependencies).filter((name) => !unused.has(name)))
    copyPackage(dependency, to);
}

if (import.meta.main) {
  const [folder = ''] = process.argv.slice(2);
  const apps = globSync('apps/*/src/main.ts').map((path) => path.split('/')[1] as string);
  for (const app of [...apps, 'setup']) {
    await bundle(app, join(folder, app, 'app'));
    mkdirSync(join(folder, app, 'data'));
  }
}
