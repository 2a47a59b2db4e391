import { BulkheadFullError, CircuitOpenError, UpstreamError } from '@shop/resilience';
import { NotSent, OutcomeUnknown } from './payment-provider.ts';

/** What a call that got no answer means for the payment. */
export function outcomeOf(error: unknown): Error {
  const notSent =
    error instanceof CircuitOpenError ||
    error instanceof BulkheadFullError ||
    (error instanceof UpstreamError && error.kind === 'unreachable');
  return new (notSent ? NotSent : OutcomeUnknown)(reasonOf(error), { cause: error });
}

/** Why a call got no answer, in a word for the order's timeline. */
export function reasonOf(error: unknown): string {
  if (error instanceof CircuitOpenError) return 'circuit open';
  if (error instanceof BulkheadFullError) return 'too many calls';
  return error instanceof UpstreamError ? error.kind : 'failed';
}
