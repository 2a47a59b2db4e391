import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBuilder, folderOf, overlayNames, overlayOf, partNames } from './manifests/build.ts';
import { type Code, readCode } from './manifests/code/index.ts';
import type { Overlay } from './manifests/overlay.ts';
import { rules } from './manifests/rules/index.ts';
import { programOf, type Validator, validators } from './manifests/validators.ts';
import { flags } from './runner/arguments.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { root } from './runner/settings.ts';

const help = `Usage: npm run check:manifests [-- --complete]

Builds every overlay of k8s/overlays and checks it without a cluster: the schemas of Kubernetes and of custom resources, Pod
Security, kube-score, istioctl analyze, and ${rules.length} rules of our own that compare what was built with the code.

Programs are those on the PATH, else in bin/ of the folder that MANIFEST_TOOLS names, or that npm run manifests:tools
fills; its schemas/ and crds/ hold the schemas, MANIFEST_CRDS further folders of them. What is missing is said and not checked; with --complete it is a fault.

Exit codes: 0 everything holds, 1 something does not or could not be checked, 2 wrong usage.`;

const { complete } = flags(help, ['complete']);
const progress = terminalProgress();
const missing = new Set<string>();
process.exitCode = await checkAll();

async function checkAll(): Promise<number> {
  const build = findBuilder();
  if (!build) {
    console.error(
      'Nothing was checked: neither kustomize nor kubectl is here. Install one of them, or have them built by: npm run manifests:tools',
    );
    return 1;
  }
  const code = await readCode(root);
  let faults = 0;
  for (const name of overlayNames(root)) {
    progress.line(paint.bold(name));
    faults += await checkOverlay(name, build, code);
  }
  faults += await checkParts(build);
  for (const what of missing) progress.line(paint.yellow(`not checked: ${what}`));
  if (missing.size) progress.line('→ npm run manifests:tools brings all but podsecurity');
  if (!faults && !(complete && missing.size))
    progress.line(paint.green('\neverything that could be checked holds'));
  return faults || (complete && missing.size) ? 1 : 0;
}

/** Answers how many checks of an overlay failed. */
async function checkOverlay(
  name: string,
  build: (folder: string) => Promise<string>,
  code: Code,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-manifests-'));
  try {
    const file = join(folder, 'all.yaml');
    let overlay: Overlay | undefined;
    const built = await passes('builds', async () => {
      const text = await build(folderOf(root, name));
      writeFileSync(file, text);
      overlay = overlayOf(name, text);
      return `${overlay.objects.length} objects`;
    });
    if (!built || !overlay) return 1;
    const whole = overlay;
    const passed = [await passes('fits the code', () => compared(whole, code))];
    for (const validator of validators) passed.push(await validated(validator, whole, file, folder));
    return passed.filter((pass) => !pass).length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is applied by itself: scenarios and the ambient mesh. Answers how many checks failed. */
async function checkParts(build: (folder: string) => Promise<string>): Promise<number> {
  progress.line(paint.bold('by themselves'));
  const folder = mkdtempSync(join(tmpdir(), 'shop-manifests-'));
  try {
    let whole: Overlay | undefined;
    const built = await passes('builds', async () => {
      const texts = await Promise.all(partNames(root).map((part) => build(join(root, part))));
      whole = overlayOf('parts', texts.join('---\n'));
      return `${texts.length} folders, ${whole.objects.length} objects`;
    });
    if (!built || !whole) return 1;
    const schemas = validators.find(({ title }) => title === 'schemas');
    return !schemas || (await validated(schemas, whole, '', folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compared(overlay: Overlay, code: Code): Promise<string> {
  const broken = rules
    .map(({ holds, faults }) => ({ holds, found: faults(overlay, code) }))
    .filter(({ found }) => found.length);
  if (broken.length)
    throw new Error(
      broken
        .map(({ holds, found }) => [`Not so: ${holds}`, ...found.map((fault) => `  ${fault}`)].join('\n'))
        .join('\n'),
    );
  return `${rules.length} rules`;
}

async function validated(
  validator: Validator,
  overlay: Overlay,
  file: string,
  folder: string,
): Promise<boolean> {
  const program = programOf(validator);
  const lack = program ? validator.lacks?.() : `${validator.program} is not here`;
  if (!program || lack) {
    missing.add(`${validator.title} (${lack})`);
    return true;
  }
  return passes(validator.title, () => validator.check(program, overlay, file, folder));
}

async function passes(title: string, work: () => Promise<string>): Promise<boolean> {
  try {
    await progress.step(title, async (note) => note(await work()));
    return true;
  } catch (error) {
    progress.line(`\n${(error as Error).message}\n`);
    return false;
  }
}
