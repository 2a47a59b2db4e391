import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsFolder } from './manifests/programs.ts';
import { customResources } from './manifests/schemas.ts';
import { expectNoArguments } from './runner/arguments.ts';
import { terminalProgress } from './runner/progress.ts';
import { runCommand } from './runner/run-command.ts';
import { StartError } from './runner/settings.ts';

const folder = toolsFolder();
const help = `Usage: npm run manifests:tools

Builds kustomize, kubectl-validate, kube-score and istioctl with Go, and copies the schemas of Kubernetes and of custom
resources from the modules of their makers, all in fixed versions, to .nx/manifest-tools or where MANIFEST_TOOLS says.
npm run check:manifests finds them there.

Takes minutes the first time.`;

const kubernetes = 'v1.35.8';
const programs = [
  'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1',
  'sigs.k8s.io/kubectl-validate@v0.0.4',
  'github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
  // Istio's tags have no "v", so Go knows its releases by their commits: the branch release-1.31.
  'istio.io/istio/istioctl/cmd/istioctl@v0.0.0-20260827124520-eed52ebb66ad',
];
/** Which files of which modules describe custom resources. */
const described: readonly (readonly [module: string, files: string])[] = [
  ['istio.io/api@v1.31.0', 'kubernetes/customresourcedefinitions.gen.yaml'],
  ['sigs.k8s.io/gateway-api@v1.6.1', 'config/crd/standard/gateway.networking.k8s.io_*.yaml'],
  ['github.com/kedacore/keda/v2@v2.20.2', 'config/crd/bases/keda.sh_*.yaml'],
  ['github.com/argoproj/argo-rollouts@v1.9.1', 'manifests/crds/*-crd.yaml'],
  ['github.com/cloudnative-pg/cloudnative-pg@v1.30.0', 'config/crd/bases/*.yaml'],
  [
    'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    'example/prometheus-operator-crd/monitoring.coreos.com_*.yaml',
  ],
  ['knative.dev/serving@v0.47.0', 'config/core/300-resources/*.yaml'],
];

expectNoArguments(help);
const progress = terminalProgress();
try {
  await install();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function install(): Promise<void> {
  await runCommand('go version', 'go', ['version']).catch(() => {
    throw new StartError('There is no go on the PATH: install it (https://go.dev/dl) and try again.');
  });
  progress.line();
  for (const program of programs)
    await progress.step(nameOf(program), async (note) => {
      note(program);
      await runCommand(`go install ${program}`, 'go', ['install', program], {
        ...process.env,
        GOBIN: join(folder, 'bin'),
      });
    });
  await progress.step('kubernetes', async (note) => {
    note(`schemas of ${kubernetes}`);
    copyOpenApi(await downloaded(`k8s.io/kubernetes@${kubernetes}`));
  });
  rmSync(join(folder, 'crds'), { recursive: true, force: true });
  mkdirSync(join(folder, 'crds'), { recursive: true });
  await progress.step('custom resources', async (note) => {
    for (const [module, files] of described) {
      note(module);
      copyDescriptions(await downloaded(module), files);
    }
    note(`of ${described.length} projects`);
  });
}

/** The last word of a path that is not its version. */
function nameOf(path: string): string {
  const words = path.split('@')[0]!.split('/');
  return words.findLast((word) => !/^v\d+$/.test(word))!;
}

/** The folder of a module in Go's cache, which compares it with the public checksum database. */
async function downloaded(module: string): Promise<string> {
  const answer = await runCommand(`go mod download ${module}`, 'go', ['mod', 'download', '-json', module]);
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/** What the API server says of itself, laid out as kubectl-validate reads it: `apis__apps__v1_openapi.json` as `apis/apps/v1.json`. */
function copyOpenApi(module: string): void {
  const to = join(folder, 'schemas', kubernetes);
  rmSync(to, { recursive: true, force: true });
  const from = join(module, 'api/openapi-spec/v3');
  for (const file of globSync('{api__v1,apis__*__*}_openapi.json', { cwd: from }))
    cpSync(join(from, file), join(to, `${file.replace('_openapi.json', '').replaceAll('__', '/')}.json`));
}

/** A file for each, because kubectl-validate reads the first of a file alone. */
function copyDescriptions(module: string, files: string): void {
  const found = globSync(join(module, files));
  if (found.length === 0) throw new StartError(`${files} is not in ${module}`);
  for (const file of found)
    for (const { name, text } of customResources(readFileSync(file, 'utf8')))
      writeFileSync(join(folder, 'crds', `${name}.yaml`), text);
}
