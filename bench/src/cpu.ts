import { readFileSync } from 'node:fs';

/** CPU time of a process so far, in milliseconds of user and system time (proc(5), `stat`, at the usual 100 ticks a second). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Starts the clock; what it returns answers the milliseconds of CPU by process name since then. */
export function watchCpu(processes: readonly { name: string; pid: number }[]): () => Map<string, number> {
  const before = processes.map(({ pid }) => cpuMs(pid));
  return () => {
    const spent = new Map<string, number>();
    for (const [i, { name, pid }] of processes.entries()) {
      spent.set(name, (spent.get(name) ?? 0) + cpuMs(pid) - (before[i] ?? 0));
    }
    return spent;
  };
}
