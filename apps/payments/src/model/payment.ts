import type { Money } from '@shop/contracts';
import {
  onCommand,
  onPspState,
  type Answer,
  type Command,
  type Move,
  type PspState,
  type State,
} from './moves.ts';

export interface Refusal {
  code: string;
  message: string;
}

/** Without an amount it is a tombstone: cancelled before it came. */
export interface Payment {
  readonly id: string;
  readonly orderId: string;
  /** Where it began: `PSP` decides for new payments only. */
  readonly provider: string;
  readonly state: State;
  readonly amount: Money | null;
  readonly token: string | null;
  readonly pspId: string | null;
  /** Why it was declined, or why it can no longer be captured. */
  readonly refusal: Refusal | null;
}

/** A payment as the provider shows it. Without an id the provider has none, and never will. */
export interface PspPayment {
  readonly id?: string;
  readonly state: PspState;
  readonly refusal?: Refusal;
}

/** A command that no saga sends in this state, so something is wrong with its sender. */
export class WrongCommand extends Error {
  override readonly name = 'WrongCommand';
}

export function moveOn(state: State | undefined, command: Command): Move {
  const move = onCommand[state ?? 'NONE'][command];
  if (!move) throw new WrongCommand(`cannot ${command} a payment that is ${state ?? 'not there'}`);
  return move;
}

/** The payment after it was seen at the provider, and what is to be answered; the same payment when that says nothing new. */
export function settle(payment: Payment, seen: PspPayment): { payment: Payment; say?: Answer } {
  const move = onPspState[payment.state][seen.state];
  if (!move?.to) return { payment };
  const pspId = seen.id ?? payment.pspId;
  return {
    payment: { ...payment, state: move.to, pspId, refusal: seen.refusal ?? payment.refusal },
    say: move.say,
  };
}
