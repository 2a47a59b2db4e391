import { readdirSync, readFileSync } from 'node:fs';

export interface Watched {
  name: string;
  pid: number;
  /** With the processes that it has started, also those that have ended since. */
  family?: boolean;
}

const TICK_MS = 10;

/** The fields of proc(5) `stat` after the command, which may contain anything. */
function stat(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text
    .slice(text.lastIndexOf(')') + 4)
    .split(' ')
    .map(Number);
}

/** User and system time of a process so far, in milliseconds, at the usual 100 ticks a second. */
export const cpuMs = (pid: number): number => {
  const fields = stat(pid);
  return (fields[10]! + fields[11]!) * TICK_MS;
};

/** The same for a process, its children that live, and those that it has buried: all of PostgreSQL by its postmaster. */
export function familyCpuMs(pid: number): number {
  const [, , buriedUser = 0, buriedSystem = 0] = stat(pid).slice(10);
  const living = childrenOf(pid).map((child) => {
    try {
      return cpuMs(child);
    } catch {
      return 0;
    }
  });
  return cpuMs(pid) + (buriedUser + buriedSystem) * TICK_MS + living.reduce((sum, ms) => sum + ms, 0);
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        return stat(candidate)[0] === pid;
      } catch {
        return false;
      }
    });
}

/** Milliseconds in which any processor of this machine was busy so far, for whomever. */
export function machineBusyMs(): number {
  const [, ...times] = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = times.map(Number);
  return (user + nice + system + irq + softirq) * TICK_MS;
}

/** Starts the clock; what it returns answers the milliseconds of CPU by name since then. */
export function watchCpu(processes: readonly Watched[]): () => Record<string, number> {
  const read = ({ pid, family }: Watched) => (family ? familyCpuMs(pid) : cpuMs(pid));
  const before = processes.map(read);
  return () => {
    const spent: Record<string, number> = {};
    for (const [i, watched] of processes.entries()) {
      const name = watched.name.replace(/-\d+$/, '');
      spent[name] = (spent[name] ?? 0) + read(watched) - (before[i] ?? 0);
    }
    return spent;
  };
}
