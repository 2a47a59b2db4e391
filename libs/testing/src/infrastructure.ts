import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const docker = (timeout: number, ...args: string[]) => promisify(execFile)('docker', args, { timeout });

export interface InfrastructureOptions {
  /** Where data is kept across runs. Without it: a folder in the system's temporary directory, removed by `stop()`. */
  dataDir?: string;
  logFile?: string;
  /** Default: any free port. */
  port?: number;
  /** Which to take when both are possible; `SHOP_TESTS_INFRA` overrules it. Default: containers. */
  prefer?: 'containers' | 'embedded';
  /** Hears in one line each what was chosen and why it takes long. */
  log?: (line: string) => void;
}

/** What `SHOP_TESTS_INFRA` forces, if anything. */
export function forcedInfrastructure(): 'containers' | 'embedded' | undefined {
  const forced = process.env['SHOP_TESTS_INFRA'] || undefined;
  if (forced === undefined || forced === 'containers' || forced === 'embedded') return forced;
  throw new Error(`SHOP_TESTS_INFRA must be "embedded" or "containers", not "${forced}"`);
}

let engine: Promise<boolean> | undefined;

/** Whether a Docker engine answers; asked once. */
export const dockerAnswers = (): Promise<boolean> =>
  (engine ??= docker(5_000, 'version', '--format', '{{.Server.Version}}').then(
    () => true,
    () => false,
  ));

/** Whether every image is there, or came within two minutes. */
export async function haveImages(...images: string[]): Promise<boolean> {
  if (!(await dockerAnswers())) return false;
  const have = await Promise.all(images.map(haveImage));
  return have.every(Boolean);
}

const haveImage = (image: string): Promise<boolean> =>
  docker(5_000, 'image', 'inspect', image)
    .catch(() => docker(120_000, 'pull', '--quiet', image))
    .then(
      () => true,
      () => false,
    );

/** Whether to run in containers. Throws when they are forced and impossible. */
export async function useContainers(prefer: 'containers' | 'embedded', images: string[]): Promise<boolean> {
  const forced = forcedInfrastructure();
  if (forced === 'embedded' || (!forced && prefer === 'embedded')) return false;
  const possible = await haveImages(...images, ...cleaner());
  if (forced && !possible)
    throw new Error(
      `SHOP_TESTS_INFRA=containers, but no Docker engine answers or ${images.join(', ')} cannot be had`,
    );
  return possible;
}

/** Testcontainers' own helper that removes containers of a killed run. */
const cleaner = (): string[] =>
  process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'true'
    ? []
    : [process.env['RYUK_CONTAINER_IMAGE'] ?? 'testcontainers/ryuk:0.14.0'];
