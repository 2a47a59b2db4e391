export interface Quantiles {
  p50: number;
  p99: number;
  max: number;
}

/** Quantiles of latencies in milliseconds; NaN when there are none. */
export function quantiles(latencies: Iterable<number>): Quantiles {
  const sorted = Float64Array.from(latencies).sort();
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
