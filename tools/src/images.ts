import { affectedImages, changedSince, projectsWith } from './images/affected.ts';
import { buildArguments, buildCommon, buildImage } from './images/build.ts';
import { imageTable, measure, type Measured } from './images/measure.ts';
import { type ImageName, type Options, parseOptions, usage } from './images/options.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { runCommand } from './runner/run-command.ts';
import { StartError } from './runner/settings.ts';

const engineIsThere = (): Promise<unknown> =>
  runCommand('docker version', 'docker', ['version', '--format', '{{.Server.Version}}']).catch(() => {
    throw new StartError('No Docker engine answers. Start one, or set DOCKER_HOST to where it is.');
  });

async function build({ images, since, list, twice, tag }: Options): Promise<void> {
  const wanted = since === undefined ? images : await affectedImages(await changedSince(since), projectsWith);
  if (list) return console.log(JSON.stringify(wanted));
  if (wanted.length === 0) return console.log(`No image differs from ${since}.`);
  await engineIsThere();
  const progress = terminalProgress();
  const args = await buildArguments();
  const measured: Measured[] = [];
  progress.line();
  await progress.step('Build', async (note) => {
    note('installing, compiling, bundling');
    await buildCommon(args);
  });
  for (const app of wanted) {
    const name = `${process.env['SHOP_REGISTRY'] ?? ''}shop/${app}:${tag}`;
    await progress.step(app, async (note) => {
      note(name);
      await buildImage(app, name, args);
    });
    const image = await measure(name);
    measured.push(image);
    if (twice) await progress.step('  once more', () => buildAgain(app, image, args));
  }
  progress.line(`\n${imageTable(measured)}\n`);
}

/** Throws when a build without any cache comes to other bytes. */
async function buildAgain(app: ImageName, first: Measured, args: readonly string[]): Promise<void> {
  const name = `${first.name}-again`;
  await buildImage(app, name, ['--no-cache', ...args]);
  const { content } = await measure(name);
  await runCommand(`docker image rm ${name}`, 'docker', ['image', 'rm', name]);
  if (content !== first.content)
    throw new StartError(`${first.name} came out as ${first.content}, and once more as ${content}`);
}

function options(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

const chosen = options();
if (chosen.help) console.log(usage);
else {
  try {
    await build(chosen);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(`\n${paint.red(error.message)}\n`);
    process.exitCode = 1;
  }
}
