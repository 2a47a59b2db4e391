import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually, freePort } from '@shop/testing';
import type { RemovedGuard } from './removed-guards.ts';

/** How the shop starts a service. */
export interface Program {
  cwd: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

export interface Replica {
  url: string;
  stop(): Promise<void>;
}

const preload = fileURLToPath(new URL('removed-guard.preload.ts', import.meta.url));

/** One more process of a service, beside those of the shop: with another environment, or without one of its guards. */
export async function startReplica(
  { cwd, args, env }: Program,
  {
    guard,
    change = {},
  }: { guard?: Pick<RemovedGuard, 'file' | 'from' | 'to'>; change?: Record<string, string> },
): Promise<Replica> {
  const port = await freePort();
  const removed = guard && { ACCESS_REMOVED_GUARD: JSON.stringify(guard) };
  const child = spawn(process.execPath, [...(guard ? ['--import', preload] : []), ...args], {
    cwd,
    env: { ...env, ...change, ...removed, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (text) => (said += text));
  const ended = once(child, 'exit').then(() => {
    throw new Error(said.trim());
  });
  ended.catch(() => {});
  const url = `http://127.0.0.1:${port}`;
  const ready = eventually(
    async () => {
      if (!(await fetch(`${url}/health/ready`)).ok) throw new Error('not ready');
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
  ready.catch(() => {});
  try {
    await Promise.race([ready, ended]);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
