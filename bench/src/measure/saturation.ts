/** One short load at a rate. */
export interface Step {
  rate: number;
  confirmedPerSecond: number;
}

const GROWTH = 1.6;

/**
 * Finds how many orders a second a system can confirm at most: raises the rate step by step until more orders offered no longer means more
 * orders confirmed. A step that is not sustained does not end the search by itself, because bigger batches make each order cheaper.
 */
export async function findSaturation<S extends Step>(
  first: number,
  measure: (rate: number) => Promise<S>,
): Promise<{ steps: S[]; best: number }> {
  const steps: S[] = [];
  let best = 0;
  for (let rate = first; ;) {
    const step = await measure(Math.round(rate));
    steps.push(step);
    const sustained = step.confirmedPerSecond >= 0.9 * step.rate;
    const better = step.confirmedPerSecond > 1.05 * best;
    best = Math.max(best, step.confirmedPerSecond);
    if (!sustained && !better) return { steps, best };
    // Far beyond what it can do, a queue is all that would be measured.
    rate = Math.min(rate * GROWTH, Math.max(rate * 1.2, 2.5 * best));
  }
}
