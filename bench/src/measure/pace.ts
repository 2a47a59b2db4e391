import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const EVERY_MS = 50;

/** How many a second went by between a tenth and nine tenths of `total`, so that neither start nor end counts. */
export async function paceOf(total: number, done: () => Promise<number>): Promise<number> {
  const samples: Sample[] = [];
  const since = performance.now();
  for (;;) {
    const count = await done();
    samples.push({ at: performance.now() - since, count });
    if (count >= total) return pace(samples, total);
    if (performance.now() - since > PATIENCE_MS)
      throw new Error(`only ${count} of ${total} after two minutes`);
    await sleep(EVERY_MS);
  }
}

export interface Sample {
  /** Milliseconds. */
  at: number;
  count: number;
}

/** A second, between the samples around a tenth and nine tenths. */
export function pace(samples: readonly Sample[], total: number): number {
  const from = samples.findLast(({ count }) => count <= total / 10) ?? samples[0]!;
  const to = samples.find(({ count }) => count >= (total * 9) / 10) ?? samples.at(-1)!;
  return ((to.count - from.count) * 1_000) / (to.at - from.at);
}
