import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from '../eventually.ts';

/** The command line of a running process; empty when there is none, or only its zombie. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

/** Whether `pid` runs a command line that contains `marker`. A pid alone proves nothing: the system uses it again. */
export const isRunning = (pid: number, marker: string): boolean =>
  pid > 0 && commandLine(pid).includes(marker);

export interface DaemonOptions {
  command: string;
  args: string[];
  logFile: string;
  pidFile?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
}

/** Starts a process in a group of its own, so that a Ctrl-C in the terminal reaches only us and we choose the order in which to stop. */
export function startDaemon({ command, args, logFile, pidFile, ...options }: DaemonOptions): ChildProcess {
  for (const file of [logFile, ...(pidFile ? [pidFile] : [])]) mkdirSync(dirname(file), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => {});
  if (pidFile && child.pid) writeFileSync(pidFile, `${child.pid}\n`);
  return child;
}

/** Asks with each signal in turn and waits `graceMs` for the end, then kills. */
export async function stopProcess(
  pid: number,
  marker: string,
  signals: NodeJS.Signals[] = ['SIGTERM'],
  graceMs = 10_000,
): Promise<void> {
  for (const signal of [...signals, 'SIGKILL' as const]) {
    if (!isRunning(pid, marker)) return;
    try {
      process.kill(pid, signal);
      await eventually(() => gone(pid, marker), { timeoutMs: graceMs, everyMs: 10 });
    } catch {
      // Still there: the next signal is a stronger one.
    }
  }
}

/** Stops what a killed parent left behind: the process of a pid file, if its command line still shows that it is ours. Answers whether there was one. */
export async function reap(pidFile: string, marker: string, signals?: NodeJS.Signals[]): Promise<boolean> {
  const pid = readPid(pidFile);
  const found = isRunning(pid, marker);
  if (found) await stopProcess(pid, marker, signals);
  rmSync(pidFile, { force: true });
  return found;
}

/** The pid in the first line of a file, or 0. */
export function readPid(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || 0;
  } catch {
    return 0;
  }
}

/** The last lines of a log, for an error message. */
export function tail(file: string, lines = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

function gone(pid: number, marker: string): void {
  if (isRunning(pid, marker)) throw new Error(`process ${pid} still runs`);
}
