import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, readPid, reap } from '@shop/testing';
import { places } from './settings.ts';

type PidFile = [file: string, marker: string];

/** Stops what a killed runner left running on this data folder: services first, then what they use. Answers how many there were. */
export async function reapLeftovers(dataDir: string): Promise<number> {
  const services = await Promise.all(serviceFiles(dataDir).map(([file, marker]) => reap(file, marker)));
  const servers = await Promise.all(
    serverFiles(dataDir).map(([file, marker]) => reap(file, marker, ['SIGINT', 'SIGQUIT'])),
  );
  return [...services, ...servers].filter(Boolean).length;
}

/** Kills all of it at once, without waiting. */
export function killEverything(dataDir: string): void {
  for (const [file, marker] of [...serviceFiles(dataDir), ...serverFiles(dataDir)]) {
    const pid = readPid(file);
    if (isRunning(pid, marker)) process.kill(pid, 'SIGKILL');
  }
}

function serviceFiles(dataDir: string): PidFile[] {
  const { pids } = places(dataDir);
  if (!existsSync(pids)) return [];
  const marker = join('dist', 'main.js');
  return readdirSync(pids).map((file) => [join(pids, file), marker]);
}

function serverFiles(dataDir: string): PidFile[] {
  const { postgres, kafka } = places(dataDir);
  return [
    ...(existsSync(postgres) ? [[join(postgres, 'postmaster.pid'), realpathSync(postgres)] as PidFile] : []),
    [join(kafka, 'kafka.pid'), join(kafka, 'server.properties')],
  ];
}
