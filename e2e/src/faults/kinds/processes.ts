import { rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceName, serviceNames, type ServiceProcess } from '@shop/tools';
import type { Random } from '../random.ts';
import type { Field, Kind } from './kind.ts';

/** Longer than the brokers wait for a silent consumer. */
const LONGER_THAN_A_SESSION_MS = 12_000;
const MINUTE_MS = 60_000;

/** One of a service's processes. */
const processOf = ({ shop }: Field, service: ServiceName, draw: number): ServiceProcess => {
  const { processes } = shop.service(service);
  return processes[Math.floor(draw * processes.length)]!;
};

const ended =
  (signal: 'SIGKILL' | 'SIGTERM') =>
  (service: ServiceName): Kind => ({
    name: `${signal === 'SIGKILL' ? 'kill -9' : 'SIGTERM'} ${service}`,
    draw: (random: Random) => {
      const draw = random.next();
      return {
        target: service,
        detail: '',
        fromStart: true,
        strike: async (field) => {
          const process = processOf(field, service, draw);
          const before = process.pid;
          process.kill(signal);
          await untilReplaced(field, process, before);
        },
      };
    },
  });

/** The runner starts again what has ended; a SIGTERM lets it finish first. */
async function untilReplaced({ pause }: Field, process: ServiceProcess, before: number): Promise<void> {
  while (process.pid === before || process.pid === 0) await pause(50);
  await process.ready();
}

const freeze: Kind = {
  name: 'SIGSTOP a service',
  draw: (random) => {
    const [service, draw] = [random.pick(serviceNames), random.next()];
    return {
      target: service,
      detail: `${service} for ${LONGER_THAN_A_SESSION_MS / 1_000} s`,
      strike: async (field) => {
        const process = processOf(field, service, draw);
        process.kill('SIGSTOP');
        await field.pause(LONGER_THAN_A_SESSION_MS).finally(() => process.kill('SIGCONT'));
      },
    };
  },
};

const clockOff: Kind = {
  name: 'clock off by minutes',
  draw: (random) => {
    const [service, draw] = [random.pick(serviceNames), random.next()];
    const minutes = random.between(2, 20) * random.pick([-1, 1]);
    return {
      target: service,
      detail: `${service} by ${minutes} min`,
      strike: async (field) => {
        const process = processOf(field, service, draw);
        const clock = join(field.clocks, String(process.spec.port));
        await mkdir(field.clocks, { recursive: true });
        writeFileSync(clock, String(minutes * MINUTE_MS));
        try {
          await restart(field, process);
          await field.pause(8_000);
        } finally {
          rmSync(clock);
        }
        await restart(field, process);
      },
    };
  },
};

async function restart(field: Field, process: ServiceProcess): Promise<void> {
  const before = process.pid;
  process.kill('SIGTERM');
  await untilReplaced(field, process, before);
}

export const processKinds: Kind[] = [
  ...serviceNames.map(ended('SIGKILL')),
  ...serviceNames.map(ended('SIGTERM')),
  freeze,
  clockOff,
];
