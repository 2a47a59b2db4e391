import { fine } from './figures.ts';
import type { Results } from './results.ts';

/** More than this, and the figures are also about somebody else. */
const QUIET_CORES = 0.1;

/** What to think of a run on a machine that had other work; empty when it had none. */
export function disturbance(results: Results): string {
  const cores = foreignCores(results);
  if (cores <= QUIET_CORES) return '';
  return `Other processes kept ${fine(cores)} cores busy meanwhile: the figures are too low, and not to be published.`;
}

/** Cores that others kept busy, on average of all loads with orders. */
function foreignCores(results: Results): number {
  const runs = [
    ...(results.checkout ? [results.checkout.shop, results.checkout.bare] : []).flatMap((side) => [
      ...side.steps,
      side.saturation,
      side.fifth,
      ...side.fixed,
    ]),
    ...(results.overload ? [results.overload.saturation, results.overload.rush, results.overload.mixed] : []),
    ...(results.growth ?? []).map(({ run }) => run),
  ];
  return runs.reduce((sum, run) => sum + run.foreignCores, 0) / Math.max(1, runs.length);
}
