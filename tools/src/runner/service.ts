import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@shop/testing';
import { serviceEnvironment, type Surroundings } from './environment.ts';
import { ServiceProcess } from './service-process.ts';
import { places, root, type ServiceName } from './settings.ts';

/** One service with all its replicas. */
export class Service {
  readonly name: ServiceName;
  readonly processes: readonly ServiceProcess[];

  constructor(name: ServiceName, processes: readonly ServiceProcess[]) {
    this.name = name;
    this.processes = processes;
  }

  async start(): Promise<void> {
    for (const process of this.processes) process.start();
    await Promise.all(this.processes.map((process) => process.ready()));
  }

  /** Sends a signal to every replica. Whatever ends by it is started again, as after a crash. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    for (const process of this.processes) process.kill(signal);
  }

  /** Drains and stops; it stays down until `restart`. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Everything that the replicas have written since the shop's start. */
  logs(): string {
    return this.processes
      .map(({ spec }) => (existsSync(spec.logFile) ? readFileSync(spec.logFile, 'utf8') : ''))
      .join('');
  }
}

/** Makes a service's processes ready to start: environment, log, pid file. Replicas after the first get any free port. */
export async function prepareService(
  name: ServiceName,
  replicas: number,
  around: Surroundings,
  tell: (event: string) => void,
): Promise<Service> {
  const processes: ServiceProcess[] = [];
  for (let index = 1; index <= replicas; index += 1) {
    const port = index === 1 ? around.ports[name] : await freePort();
    processes.push(prepareProcess(name, index === 1 ? name : `${name}-${index}`, port, around, tell));
  }
  return new Service(name, processes);
}

// Nine processes share a laptop: a young generation of 4 MB and two malloc arenas bring a service from 175 to about 110 MB resident.
const frugal = {
  flags: ['--max-old-space-size=384', '--max-semi-space-size=4'],
  env: { MALLOC_ARENA_MAX: '2' },
};

function prepareProcess(
  service: ServiceName,
  name: string,
  port: number,
  around: Surroundings,
  tell: (event: string) => void,
): ServiceProcess {
  const { logs, pids } = places(around.dataDir);
  const main = join(root, 'apps', service, 'dist', 'main.js');
  const logFile = join(logs, `${name}.log`);
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const node = [...frugal.flags, '--disable-warning=TimeoutNegativeWarning'];
  return new ServiceProcess({
    name,
    cwd: root,
    args: [...node, '--import', '@shop/tracing/preload', main],
    marker: main,
    env: { ...frugal.env, ...serviceEnvironment(service, port, around) },
    port,
    logFile,
    pidFile: join(pids, `${name}.pid`),
    tell,
  });
}
