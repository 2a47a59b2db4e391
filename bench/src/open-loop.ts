/**
 * Runs `work` at a constant arrival rate, whether or not earlier calls have ended, so that a slow system cannot slow its own load
 * down ("coordinated omission"). `work` gets the intended send time in milliseconds of `performance.now()`.
 */
export async function openLoop(
  rate: number,
  seconds: number,
  work: (intended: number) => Promise<void>,
): Promise<void> {
  const total = Math.round(rate * seconds);
  const start = performance.now();
  const running = new Set<Promise<void>>();
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate) + 1);
    for (; sent < due; sent++) {
      const call = work(start + (sent / rate) * 1000).finally(() => running.delete(call));
      running.add(call);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(running);
}

/** Quantiles of latencies in milliseconds. */
export function quantiles(latencies: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
