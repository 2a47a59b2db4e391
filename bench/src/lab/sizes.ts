import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shop } from '@shop/tools';
import { kafkaFolder } from './machine.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Megabytes on disk of what runs, without any image. */
export function sizesOf(shop: Shop): Record<string, number> {
  const services = ['apps', 'libs'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => join(root, room, name, 'dist')),
  );
  const kafka = kafkaFolder(shop);
  const postgres = shop.postgres.pid > 0 ? realpathSync(`/proc/${shop.postgres.pid}/exe`) : undefined;
  return {
    'services and libraries': sum(services.map((folder) => bytes(folder, /\.js$/))),
    'npm packages': sum(productionPackages().map((folder) => bytes(folder))),
    node: statSync(process.execPath).size / 1e6,
    ...(postgres && { postgres: bytes(dirname(dirname(postgres))) }),
    ...(kafka && { kafka: bytes(kafka, /\.jar$/) }),
  };
}

function productionPackages(): string[] {
  const options = { cwd: root, encoding: 'utf8' as const, maxBuffer: 64 << 20 };
  const lines = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], options).split('\n');
  // Workspaces are links out of node_modules, and a package inside another's folder is counted with it.
  const folders = lines.filter((line) => line.includes('/node_modules/')).toSorted();
  return folders.filter(
    (folder, index) => !folders.slice(0, index).some((outer) => folder.startsWith(`${outer}/`)),
  );
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

function bytes(folder: string, only = /./): number {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile() && only.test(entry.name));
    return sum(files.map((entry) => statSync(join(entry.parentPath, entry.name)).size)) / 1e6;
  } catch {
    return 0;
  }
}
