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
    const now = performance.now();
    const due = Math.min(total, Math.floor(((now - start) / 1000) * rate) + 1);
    for (; sent < due; sent++) {
      const call = work(start + (sent / rate) * 1000).finally(() => running.delete(call));
      running.add(call);
    }
    const next = start + (sent / rate) * 1000 - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, next)));
  }
  await Promise.all(running);
}

/** Keeps `connections` calls under way until the time is over: what this many callers get who wait for each answer. */
export async function closedLoop(
  connections: number,
  seconds: number,
  work: () => Promise<void>,
): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  const caller = async () => {
    while (performance.now() < end) await work();
  };
  await Promise.all(Array.from({ length: connections }, caller));
}
