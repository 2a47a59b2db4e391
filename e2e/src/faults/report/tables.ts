import { paint } from '@shop/tools';
import type { Verdict } from '../checks/verdict.ts';
import { inDigits } from '../progress-line.ts';
import type { Result } from '../run.ts';
import type { Inflicted } from '../storm.ts';

/** What one kind of fault did, over all its occurrences. */
export interface KindRow {
  kind: string;
  injected: number;
  survived: number;
  p50: number;
  max: number;
}

export function kindRows(inflicted: readonly Inflicted[]): KindRow[] {
  const byKind = Map.groupBy(inflicted, ({ kind }) => kind);
  return [...byKind].map(([kind, all]) => {
    const times = all.flatMap(({ recoveredMs }) => recoveredMs ?? []).sort((a, b) => a - b);
    const [p50, max] = [times[Math.floor(times.length / 2)] ?? Number.NaN, times.at(-1) ?? Number.NaN];
    return { kind, injected: all.length, survived: times.length, p50, max };
  });
}

export const inSeconds = (ms: number): string => (Number.isNaN(ms) ? '–' : `${(ms / 1_000).toFixed(1)} s`);

export function faultsTable(inflicted: readonly Inflicted[]): string {
  const head = `  ${'fault'.padEnd(34)} ${'injected'.padStart(8)} ${'survived'.padStart(8)}   ${'recovery p50'.padStart(12)} ${'max'.padStart(8)}`;
  const line = ({ kind, injected, survived, p50, max }: KindRow) =>
    `${survived === injected ? paint.green('✓') : paint.red('✗')} ${kind.padEnd(34)} ${String(injected).padStart(8)} ${String(survived).padStart(8)}   ${inSeconds(p50).padStart(12)} ${inSeconds(max).padStart(8)}`;
  return [paint.dim(head), ...kindRows(inflicted).map(line)].join('\n');
}

export function checksTable(verdicts: readonly Verdict[]): string {
  return verdicts.flatMap(checkLines).join('\n');
}

function checkLines({ promise, checked, broken, violations }: Verdict): string[] {
  const count = paint.dim(
    broken === 0 ? `${inDigits(checked)} checked` : `${inDigits(broken)} of ${inDigits(checked)}`,
  );
  const line = `${broken === 0 ? paint.green('✓') : paint.red('✗')} ${promise.padEnd(52)} ${count}`;
  return [line, ...violations.map(({ about, what }) => `    ${about} ${what}`)];
}

export function summary({ outcomes, accepted, repeats, seconds, inflicted }: Result): string {
  const ends = Object.entries(outcomes)
    .sort(([, a], [, b]) => b - a)
    .map(([status, count]) => `${inDigits(count)} ${status}`);
  return `${inDigits(accepted)} orders in ${seconds.toFixed(0)} s under ${inflicted.length} faults: ${ends.join(', ')}; ${inDigits(repeats)} requests repeated.`;
}
