import fc from 'fast-check';
import { type MutationName, mutations } from '../mutations/mutations.ts';
import { run } from './run.ts';
import { type Schedule, schedules } from './schedule.ts';
import { Simulation, type Tally } from './simulation.ts';

export interface Exploration {
  schedules: number;
  seed: number;
  /** Of a failure, to repeat it. */
  path?: string;
  mutation?: MutationName;
  /** A failure is not made smaller. */
  endOnFailure?: boolean;
  /** Told of each schedule that has run without a violation. */
  ran?: () => void;
  /** Told of a violation before its schedule is made smaller. */
  failed?: () => void;
}

export interface Found {
  /** How many schedules ran up to it. */
  after: number;
  violation: string;
  path: string;
  /** The smallest schedule that shows it, and what happens in it. */
  schedule: Schedule;
  history: string[];
}

/** Runs schedules of a seed until one shows a violation. */
export async function explore(
  { schedules: numRuns, seed, path, mutation, endOnFailure, ran, failed }: Exploration,
  tally: Tally,
): Promise<Found | undefined> {
  const property = fc.asyncProperty(schedules, async (schedule) => {
    await runOnce(new Simulation(schedule, tally), mutation).catch((error: unknown) => {
      failed?.();
      throw error;
    });
    ran?.();
  });
  const result = await fc.check(property, { numRuns, seed, path, endOnFailure });
  if (!result.failed) return undefined;
  const [schedule] = result.counterexample!;
  const told = new Simulation(schedule, {}, true);
  const error = await runOnce(told, mutation).then(
    () => new Error('it does not happen again'),
    (error: unknown) => error as Error,
  );
  return {
    after: result.numRuns,
    violation: error.name === 'Violation' ? error.message : (error.stack ?? error.message),
    path: result.counterexamplePath!,
    schedule,
    history: told.history!,
  };
}

export async function runOnce(sim: Simulation, mutation?: MutationName): Promise<void> {
  const mend = mutation && mutations[mutation].apply(sim);
  try {
    await run(sim);
  } finally {
    mend?.();
  }
}
