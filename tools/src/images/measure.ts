import { createHash } from 'node:crypto';
import { paint } from '../runner/paint.ts';
import { runCommand } from '../runner/run-command.ts';

export interface Measured {
  name: string;
  bytes: number;
  /** Of what lies on the base image. */
  ownBytes: number;
  /** Changes when, and only when, the content of a layer does. */
  content: string;
}

/** Sizes and content of an image that was built. Its own layers are those that have not come with the base. */
export async function measure(name: string): Promise<Measured> {
  const inspected = await runCommand(`docker image inspect ${name}`, 'docker', ['image', 'inspect', name]);
  const [{ Size, RootFS }] = JSON.parse(inspected) as [{ Size: number; RootFS: { Layers: string[] } }];
  const history = await runCommand(`docker history ${name}`, 'docker', [
    ...['history', '--human=false', '--no-trunc', '--format', '{{.Size}} {{.CreatedBy}}', name],
  ]);
  return { name, bytes: Size, ownBytes: ownBytes(history), content: contentOf(RootFS.Layers) };
}

/** Sums up the steps from the newest down to the one that labels the image, which is the Dockerfile's first. */
export function ownBytes(history: string): number {
  const lines = history.trim().split('\n');
  const first = lines.findIndex((line) => line.includes('org.opencontainers.image.title'));
  return lines.slice(0, first + 1).reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
}

const contentOf = (layers: readonly string[]): string =>
  createHash('sha256').update(layers.join()).digest('hex').slice(0, 12);

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The images as a table. */
export function imageTable(images: readonly Measured[]): string {
  const width = Math.max(...images.map(({ name }) => name.length));
  const row = (name: string, own: string, all: string, content: string) =>
    `${name.padEnd(width)}  ${own.padStart(9)}  ${all.padStart(9)}  ${content}`;
  return [
    paint.dim(`    ${row('image', 'own', 'with base', 'content')}`),
    ...images.map(
      ({ name, bytes, ownBytes: own, content }) =>
        `  ${paint.green('●')} ${row(name, megabytes(own), megabytes(bytes), paint.dim(content))}`,
    ),
  ].join('\n');
}
