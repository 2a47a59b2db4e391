import type { Mishap } from '../memory/transactions.ts';
import type { Choice } from '../schedule/choice.ts';
import type { Simulation } from '../schedule/simulation.ts';

/** Does something if there is something to do, and answers whether there was. */
export type Step = (sim: Simulation, choice: Choice) => Promise<boolean> | boolean;

/** Mostly none. */
export function mishapOf(choice: Choice): Mishap | undefined {
  const at = choice.of(16);
  return at === 14 ? 'rolled back' : at === 15 ? 'unacknowledged' : undefined;
}

export const told = (mishap: Mishap | undefined): string => (mishap ? `, commit ${mishap}` : '');
