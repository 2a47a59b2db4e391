import type { Reason } from '@shop/contracts';
import { compensations, saga } from './saga.ts';
import type { Command, Input, InputType, ReasonCode, State, Step, Transition } from './vocabulary.ts';
import { reason } from './vocabulary.ts';

export interface Dispatch {
  command: Command;
  /** The steps that this command takes back; empty for a step forward. */
  undoes: readonly Step[];
}
export interface Acceptance {
  outcome: 'accepted';
  state: State;
  /** A state is entered also when it is the same again; its time limit then starts anew. */
  entered: boolean;
  dispatch: Dispatch[];
  reason?: Reason;
}
export type Decision = Acceptance | { outcome: 'ignored' } | { outcome: 'refused' };

/** The state does not know the input: somebody sent an answer to a question that was never asked. */
export class ImpossibleInput extends Error {
  constructor(state: State, input: InputType) {
    super(`${input} cannot happen while an order is ${state}`);
  }
}

export function decide(state: State, input: Input): Decision {
  const rule = saga[state].on[input.type];
  if (!rule) throw new ImpossibleInput(state, input.type);
  if (rule === 'ignore') return { outcome: 'ignored' };
  if (rule === 'refuse') return { outcome: 'refused' };
  return {
    outcome: 'accepted',
    state: rule.to ?? state,
    entered: rule.to !== undefined,
    dispatch: dispatchOf(rule),
    reason: reasonOf(rule.because, input),
  };
}

function dispatchOf({ send = [], undo = [] }: Transition): Dispatch[] {
  const taken = Map.groupBy(undo, (step) => compensations[step]);
  return [
    ...send.map((command) => ({ command, undoes: [] })),
    ...[...taken].map(([command, undoes]) => ({ command, undoes })),
  ];
}

function reasonOf(because: ReasonCode | 'given' | undefined, input: Input): Reason | undefined {
  if (because !== 'given') return because && reason(because);
  if (!input.reason) throw new TypeError(`${input.type} must bring its reason`);
  return input.reason;
}
