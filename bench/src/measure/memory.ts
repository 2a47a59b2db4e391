import { readFileSync } from 'node:fs';
import { childrenOf, type Watched } from './cpu.ts';

export interface Memory {
  name: string;
  /** Megabytes (2²⁰ bytes) resident, what is shared counted in each process that has it. */
  rss: number;
  /** The same, what is shared divided among those that share it. */
  pss: number;
}

/** Resident memory of each, with its children where it has a family. */
export function memoryOf(processes: readonly Watched[]): Memory[] {
  return processes.map(({ name, pid, family }) => {
    const all = [pid, ...(family ? childrenOf(pid) : [])].map(rollup);
    const sum = (field: 'rss' | 'pss') => all.reduce((total, one) => total + one[field], 0) / 1_024;
    return { name, rss: sum('rss'), pss: sum('pss') };
  });
}

/** Kilobytes, by proc(5) `smaps_rollup`; nothing for a process that has just ended. */
function rollup(pid: number): { rss: number; pss: number } {
  try {
    return parseRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  } catch {
    return { rss: 0, pss: 0 };
  }
}

export const parseRollup = (text: string): { rss: number; pss: number } => ({
  rss: Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0),
  pss: Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0),
});
