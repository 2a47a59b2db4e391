import { named, namedByContent } from '../cluster/images.ts';
import type { Progress } from '../runner/progress.ts';
import { runCommand } from '../runner/run-command.ts';
import { imageNames } from '../images/options.ts';

/** Brings the images of the shop into the cluster by the command given. By which names they are there, where not by their first. */
export async function loadImages(
  command: string | undefined,
  progress: Progress,
): Promise<ReadonlyMap<string, string>> {
  if (!command) return new Map();
  return progress.step('Loading', async (note) => {
    const names = await namedByContent();
    note(`${imageNames.length} images`);
    const [program = '', ...args] = command.split(' ');
    await runCommand(command, program, [...args, ...imageNames.map(named), ...names.values()]);
    return names;
  });
}
