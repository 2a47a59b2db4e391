import { existsSync, globSync, readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { command } from './command.ts';
import { undeclaredImports } from './declared-imports.ts';
import { brokenLinks } from './links.ts';
import { readProjects } from './projects.ts';
import { oversized } from './sizes.ts';
import type { Step } from './step.ts';
import { supplyChain } from './supply-chain.ts';
import { untestedThreats } from './threats.ts';

/** Everything that `npm run check` checks, in order: quick answers first. */
export const steps: Step[] = [
  ...supplyChain,
  {
    name: 'imports',
    what: 'imports = package.json dependencies = tsconfig.json references',
    advice:
      "List the package in the project's package.json and tsconfig.json, or remove it where it is not used.",
    run: async (root) => {
      const { projects, thirdParty } = await readProjects(root);
      return undeclaredImports(projects, thirdParty);
    },
  },
  {
    name: 'sizes',
    what: 'files are short',
    advice: 'Cut the file by use case.',
    run: async (root) => oversized(await lineCounts(root)),
  },
  {
    name: 'links',
    what: 'links of Markdown pages lead to files and headings that exist',
    advice: 'Correct the link, or bring the page back.',
    run: async (root) => brokenLinks(await pages(root), (path) => existsSync(join(root, path))),
  },
  {
    name: 'threats',
    what: 'every threat of docs/threats.md names a test that there is',
    advice: 'Name the test that shows the mitigation, by its sentence; or take the threat away with it.',
    run: async (root) =>
      untestedThreats(await readFile(join(root, 'docs/threats.md'), 'utf8'), (path) => specsAt(root, path)),
  },
  {
    name: 'format',
    what: 'every file is as Prettier writes it',
    advice: 'Run: npm run format',
    run: (root) =>
      command(
        root,
        'prettier',
        '--check',
        '--log-level=warn',
        '--cache',
        '--cache-location=.nx/prettier',
        '.',
      ),
  },
  {
    name: 'saga',
    what: 'docs/saga.md is what the transition table draws',
    advice: 'Run: npm run docs:saga',
    run: (root) => command(root, 'node', '--conditions=shop-source', 'tools/src/saga-diagram.ts', '--check'),
  },
  {
    name: 'dashboards',
    what: 'observability/grafana/dashboards is what tools/src/dashboards writes',
    advice: 'Run: npm run docs:dashboards',
    run: (root) => command(root, 'node', '--conditions=shop-source', 'tools/src/dashboards.ts', '--check'),
  },
  {
    name: 'types',
    what: 'every project compiles',
    advice: 'Fix the types. When they look stale: npx tsc --build --clean',
    run: (root) => command(root, 'tsc', '--build', '--pretty', String(process.stdout.isTTY ?? false)),
  },
  {
    name: 'api',
    what: 'docs/api is what routes, handlers and schemas say',
    advice: 'Run: npm run docs:api',
    // Node does not run decorators from source.
    run: async (root) => {
      const faults = await command(root, 'tsc', '--build', 'tools');
      return faults.length ? faults : command(root, 'node', 'tools/dist/api-docs.js', '--check');
    },
  },
  {
    name: 'contracts',
    what: 'nothing breaks the contracts in docs/api/released',
    advice: 'What clients and consumers rely on stays until they have moved on: npm run contracts -- --help',
    run: (root) => command(root, 'node', '--conditions=shop-source', 'tools/src/contracts.ts'),
  },
  {
    name: 'access',
    what: 'docs/access.md is what the rules in docs/api say, and every endpoint is tried',
    advice:
      'When an endpoint is new, say in e2e/src/access/samples how it is tried. Then run: npm run docs:access',
    run: (root) => command(root, 'node', '--conditions=shop-source', 'e2e/src/access/docs.ts', '--check'),
  },
  {
    name: 'lint',
    what: 'ESLint: rooms import only what they may, no console, no bare environment, no partial test runs',
    advice:
      'Who may import whom stands in eslint.config.js; what a library promises and imports, in its README.',
    run: async (root) => {
      // The rule on rooms reads the project graph from Nx's cache and would skip silently without it.
      const graph = await command(root, 'nx', 'graph', '--file=.nx/graph.json');
      return graph.length ? graph : command(root, 'eslint', '--max-warnings=0', '.');
    },
  },
  {
    name: 'unit',
    what: 'unit tests',
    advice: 'Run one alone: npm test -- unit PATH',
    run: (root) =>
      command(
        root,
        'node',
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        '--conditions=shop-source',
        'node_modules/.bin/jest',
        '--selectProjects=unit',
        '--reporters=summary',
        '--silent',
      ),
  },
];

async function lineCounts(root: string) {
  const sources = await Array.fromAsync(
    glob('{apps,libs,tools,e2e,bench,simulation}/**/src/**/*.{ts,js,css}', {
      cwd: root,
      exclude: (path) => path.endsWith('.generated.ts'),
    }),
  );
  return Promise.all(
    sources.map(async (path) => ({
      path,
      lines: (await readFile(join(root, path), 'utf8')).split('\n').length - 1,
    })),
  );
}

async function pages(root: string) {
  const ignored = ['node_modules', 'dist', '.git', '.nx', '.shop', 'coverage'];
  const paths = await Array.fromAsync(
    glob('**/*.md', { cwd: root, exclude: (path) => ignored.includes(basename(path)) }),
  );
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

/** A spec with what lies in the folder of its name, or all of a folder. */
function specsAt(root: string, path: string): string | undefined {
  const folder = path.replace(/\.(?:\w+-)?spec\.ts$/, '');
  const files = globSync([path, `${folder}/**/*.ts`], { cwd: root }).filter((file) => file.endsWith('.ts'));
  return files.length > 0
    ? files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
    : undefined;
}
