import type { Simulation } from '../schedule/simulation.ts';

/** A promise broken on purpose, from outside, to see that it is missed. */
export interface Mutation {
  /** What is broken, for people. */
  readonly breaks: string;
  /** Breaks it in a fresh simulation; answers what mends what outlives it. */
  apply(sim: Simulation): (() => void) | void;
}
