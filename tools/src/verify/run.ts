import { issueToken } from '../auth.ts';
import { deploy } from '../cluster/deploy.ts';
import { answers } from '../cluster/door.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { seedCatalogue } from '../runner/catalogue.ts';
import { paint } from '../runner/paint.ts';
import type { Progress } from '../runner/progress.ts';
import { imagesIn } from './images.ts';
import type { Line, Outcome, Stage } from './line.ts';
import type { Options } from './options.ts';

/** The shop of the overlay in the cluster, filled and answering. */
export async function openStage(options: Options, progress: Progress, signal: AbortSignal): Promise<Stage> {
  const { overlay, dataDir, door, load } = options;
  const token = (name: string) => issueToken({ dataDir, name, env: {} });
  progress.line(`\n${paint.bold('the shop on a cluster')} ${paint.dim((await context()).trim())}\n`);
  const images = await imagesIn(load, progress);
  await deploy({ overlay, images, dataDir, progress });
  await progress.step('Door', () => answers(`${door}/v1/categories`));
  await seedCatalogue({ gatewayUrl: door, token }, progress);
  progress.line();
  return { overlay, dataDir, door, images, token, progress, signal };
}

const context = (): Promise<string> => kubectl(['config', 'current-context']);

/** One line after the other: what one breaks would disturb another. */
export async function observeAll(stage: Stage, lines: readonly Line[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const line of lines) {
    if (stage.signal.aborted) break;
    outcomes.push(await outcomeOf(stage, line));
  }
  return outcomes;
}

async function outcomeOf(stage: Stage, line: Line): Promise<Outcome> {
  const since = performance.now();
  const outcome = (result: Outcome['result'], words: string): Outcome => ({
    line,
    result,
    words,
    seconds: (performance.now() - since) / 1000,
  });
  try {
    if (line.needs && !(await isThere(line.needs)))
      return outcome('not seen', 'Argo Rollouts is not in this cluster');
    const seen = await stage.progress.step(line.name, async (note) => {
      const words = await line.observe(stage, note);
      note(words);
      return words;
    });
    return outcome('seen', seen);
  } catch (error) {
    const { message } = error as Error;
    stage.progress.line(`\n${paint.red(message)}\n`);
    return outcome('failed', message);
  }
}

const isThere = async (what: 'rollouts'): Promise<boolean> =>
  (await kubectl(['get', `crd/${what}.argoproj.io`, '--ignore-not-found', '--output=name'])) !== '';
