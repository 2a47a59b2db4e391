import type { Series } from '../store/metric-store.ts';
import { slotEnds } from './window.ts';

/** A gauge that was not heard of for so long has no value any more. */
const FRESH_MS = 15_000;

/** By how much a counter grew from one time to another. A value below the one before means that its process began anew. */
export function increase({ points, whole }: Series, from: number, to: number): number {
  let before = whole ? 0 : points[0]?.value;
  let grown = 0;
  for (const { at, value } of points) {
    if (before !== undefined && at > from && at <= to) grown += value >= before ? value - before : value;
    before = value;
  }
  return grown;
}

/** By how much each bucket of histograms with the same bounds grew in all. */
export function bucketIncrease(
  series: readonly Series[],
  from: number,
): { bounds: number[]; counts: number[] } {
  const bounds = series[0]?.points.at(-1)?.histogram?.bounds ?? [];
  const counts = Array<number>(bounds.length + 1).fill(0);
  for (const { points, whole } of series) {
    let before = whole ? [] : points[0]?.histogram?.counts;
    for (const { at, histogram } of points) {
      const began = (histogram?.counts ?? []).some((count, index) => count < (before?.[index] ?? 0));
      for (const [index, count] of (at > from && before ? (histogram?.counts ?? []) : []).entries())
        counts[index] = (counts[index] ?? 0) + count - (began ? 0 : (before?.[index] ?? 0));
      before = histogram?.counts;
    }
  }
  return { bounds, counts };
}

/** Counts per second in each piece of the window. */
export const rates = (series: readonly Series[], now: number): number[] => {
  const ends = slotEnds(now);
  const width = (ends[1] ?? now) - (ends[0] ?? now);
  return ends.map((end) => sum(series.map((one) => increase(one, end - width, end))) / (width / 1_000));
};

/** The latest value of a gauge, if it is of now. */
export function latest({ points }: Series, now: number): number | undefined {
  const last = points.findLast(({ at }) => at <= now);
  return last && now - last.at <= FRESH_MS ? last.value : undefined;
}

/** What gauges added up to at the end of each piece of the window; null where nothing was heard. */
export const levels = (series: readonly Series[], now: number): (number | null)[] =>
  slotEnds(now).map((end) => total(series, end));

/** What gauges add up to now; null when none was heard of. */
export function total(series: readonly Series[], now: number): number | null {
  const values = series.map((one) => latest(one, now)).filter((value) => value !== undefined);
  return values.length > 0 ? sum(values) : null;
}

/** The largest of gauges now, as of replicas that count the same; null when none was heard of. */
export function largest(series: readonly Series[], now: number): number | null {
  const values = series.map((one) => latest(one, now)).filter((value) => value !== undefined);
  return values.length > 0 ? Math.max(...values) : null;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
