import { buildArguments, buildCommon, buildImage } from '../images/build.ts';
import { type ImageName, imageNames } from '../images/options.ts';
import { runCommand } from '../runner/run-command.ts';
import { StartError } from '../runner/settings.ts';

type Note = (detail: string) => void;

/** As the manifests name them. */
export const named = (app: ImageName): string => `shop/${app}:dev`;

/** Builds the images of the shop from the files as they are. */
export async function buildImages(note: Note): Promise<void> {
  const args = await buildArguments();
  note('installing, compiling, bundling');
  await buildCommon(args);
  for (const app of imageNames) {
    note(app);
    await buildImage(app, named(app), args);
  }
}

/**
 * Gives each image a second name that says what is in it, and answers them by their first. The cluster then sees a new image
 * where, and only where, one has changed.
 */
export async function namedByContent(): Promise<Map<string, string>> {
  const names = imageNames.map(named);
  const text = await runCommand('docker image inspect', 'docker', [
    ...['image', 'inspect', '--format', '{{.Id}}'],
    ...names,
  ]).catch((error: Error) => {
    throw new StartError(`${error.message}\n\nBuild what is missing: npm run images`);
  });
  const ids = text.trim().split('\n');
  const pairs = names.map((name, index) => [name, byContent(name, ids[index] ?? '')] as const);
  for (const [name, other] of pairs) await runCommand('docker tag', 'docker', ['tag', name, other]);
  return new Map(pairs);
}

/** `shop/orders:dev` of the id `sha256:1a2b…` → `shop/orders:1a2b…`, twelve digits of it. */
export function byContent(name: string, id: string): string {
  const [, digits] = /^sha256:([0-9a-f]{12})/.exec(id) ?? [];
  if (!digits) throw new StartError(`Docker answers "${id}" as the id of ${name}`);
  return `${name.slice(0, name.lastIndexOf(':'))}:${digits}`;
}
