import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, startDaemon, stopProcess, tail } from '@shop/testing';
import type { Shop } from '@shop/tools';

/** A process of `bare/`, under the limits on memory, which cost speed, that the shop's services have. */
export interface Opponent {
  name: string;
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const running = new Set<Opponent>();

/** Stops those that still run. */
export const stopOpponents = async (): Promise<void> =>
  void (await Promise.all([...running].map((opponent) => opponent.stop())));

export async function startOpponent(
  shop: Shop,
  name: string,
  env: NodeJS.ProcessEnv,
  port?: number,
): Promise<Opponent> {
  const file = fileURLToPath(new URL(`../bare/${name}.ts`, import.meta.url));
  const { args, env: service } = shop.service('orders').processes[0]!.spec;
  const flags = args.filter((argument) => /^--(max|disable)-/.test(argument));
  const given = port ?? (await freePort());
  const logFile = join(shop.dataDir, 'bare', `${name}.log`);
  const child = startDaemon({
    command: process.execPath,
    args: [...flags, file],
    logFile,
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: service['MALLOC_ARENA_MAX'],
      NODE_COMPILE_CACHE: service['NODE_COMPILE_CACHE'],
      NODE_ENV: 'production',
      SERVICE: name,
      PORT: String(given),
      ...env,
    },
  });
  const url = `http://127.0.0.1:${given}`;
  const opponent = {
    name,
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      running.delete(opponent);
      await stopProcess(opponent.pid, file);
    },
  };
  running.add(opponent);
  try {
    await eventually(() => fetch(url, { signal: AbortSignal.timeout(1_000) }), {
      timeoutMs: 30_000,
      everyMs: 50,
    });
  } catch (error) {
    await opponent.stop();
    throw new Error(`bare/${name}.ts did not start:\n${tail(logFile, 10)}`, { cause: error });
  }
  return opponent;
}
