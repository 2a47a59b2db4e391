import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '@shop/testing';
import { places, StartError } from './settings.ts';
import type { Shop } from './shop.ts';

/** What a running shop tells the other commands. */
export interface RunState {
  runner: number;
  startedAt: string;
  gatewayUrl: string;
  pspUrl: string;
  urls: Record<string, string>;
  brokers: string[];
  collectorUrl?: string;
  /** Where telemetry is shown, if it is. */
  pageUrl?: string;
  processes: { name: string; pid: number; port: number; logFile: string }[];
}

/** Takes the data folder for this process until `release`, or says who has it. */
export function claim(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  // As root, PostgreSQL runs under an account that has to pass through. What is secret in here is closed by itself.
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const owner = holder(dataDir);
  if (owner)
    throw new StartError(
      `a shop already runs on ${dataDir} (process ${owner}). SHOP_DATA chooses another place`,
    );
  const file = lockFile(dataDir);
  rmSync(file, { force: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n${commandLine(process.pid)}`);
  try {
    linkSync(draft, file);
  } catch {
    throw new StartError(`a shop is being started on ${dataDir} at this moment`);
  } finally {
    rmSync(draft);
  }
  return {
    release: () => {
      rmSync(places(dataDir).state, { force: true });
      rmSync(file, { force: true });
    },
  };
}

/** The pid of the process that has the data folder, if it lives. */
export function holder(dataDir: string): number | undefined {
  if (!existsSync(lockFile(dataDir))) return undefined;
  const [pid = '', command = ''] = readFileSync(lockFile(dataDir), 'utf8').split('\n');
  return command !== '' && commandLine(Number(pid)) === command ? Number(pid) : undefined;
}

/** Writes down where everything is, for the other commands. */
export function writeState({ dataDir, gatewayUrl, pspUrl, urls, brokers, collector, services }: Shop): void {
  const processes = services.flatMap((service) =>
    service.processes.map(({ spec, pid }) => ({
      name: spec.name,
      pid,
      port: spec.port,
      logFile: spec.logFile,
    })),
  );
  const startedAt = new Date().toISOString();
  const state: RunState = {
    runner: process.pid,
    startedAt,
    gatewayUrl,
    pspUrl,
    urls,
    brokers,
    collectorUrl: collector?.url,
    ...(collector?.page && { pageUrl: collector.url }),
    processes,
  };
  const { state: file } = places(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The state of the shop that runs on a data folder; undefined when none does, or it is not up yet. */
export function readState(dataDir: string): RunState | undefined {
  const { state } = places(dataDir);
  return holder(dataDir) && existsSync(state)
    ? (JSON.parse(readFileSync(state, 'utf8')) as RunState)
    : undefined;
}

const lockFile = (dataDir: string): string => join(dataDir, 'runner.pid');
