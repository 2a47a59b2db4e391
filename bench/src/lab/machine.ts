import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import type { Shop } from '@shop/tools';
import { connected } from '@shop/testing';

/** What the figures hold for. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  kernel: string;
  node: string;
  postgres: string;
  kafka: string;
  java: string;
  commit: string;
  measuredAt: string;
}

export async function describeMachine(shop: Shop): Promise<Machine> {
  const postgres = await connected(shop.postgres.adminUrl, (client) =>
    client.query<{ server_version: string }>('SHOW server_version'),
  );
  const jars = kafkaFolder(shop);
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    node: process.version,
    postgres: postgres.rows[0]?.server_version ?? 'unknown',
    kafka: kafkaVersion(jars ? readdirSync(jars) : []),
    java: javaVersion(),
    commit: commit(),
    measuredAt: new Date().toISOString(),
  };
}

/** The broker's version, by the names of its jars. */
export const kafkaVersion = (files: readonly string[]): string =>
  files.map((file) => /^kafka_[\d.]+-([\d.]+)\.jar$/.exec(file)?.[1]).find(Boolean) ?? 'unknown';

/** The folder of Kafka's jars, by the class path that the broker was started with. */
export function kafkaFolder({ kafka }: Shop): string | undefined {
  if (kafka.pid === 0) return undefined;
  return /(?:^|\0)-cp\0([^\0]+)\/\*/.exec(readFileSync(`/proc/${kafka.pid}/cmdline`, 'utf8'))?.[1];
}

/** With a plus when files differ from it. */
function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return (
      git('rev-parse', '--short=10', 'HEAD') +
      (git('status', '--porcelain', '--untracked-files=no') ? '+' : '')
    );
  } catch {
    return 'unknown';
  }
}

function javaVersion(): string {
  try {
    return /\d+[\d.]*/.exec(execFileSync('java', ['--version'], { encoding: 'utf8' }))?.[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
