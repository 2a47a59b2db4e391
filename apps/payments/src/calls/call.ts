import type { Step } from '../model/moves.ts';
import type { Authorisation } from '../psp/payment-provider.ts';

/** A call to the provider that this worker has claimed, with all it takes to make it. */
export interface Call extends Omit<Authorisation, 'amount' | 'token'> {
  id: string;
  step: Step;
  /** Raised when another call took this one's place. */
  version: number;
  amount: Authorisation['amount'] | null;
  token: string | null;
  /** How often it failed. */
  attempts: number;
  /** An earlier attempt may have reached the provider. */
  uncertain: boolean;
  /** The trace of the command that asked for it. */
  carrier: Record<string, string>;
}
