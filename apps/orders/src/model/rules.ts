import type { InputType, ReasonCode, Rule, Step, Transition } from './vocabulary.ts';

type Rules = Partial<Record<InputType, Rule>>;

/** An order that cannot be served ends, and takes back these steps. */
export function reject(because: ReasonCode | 'given', ...undo: Step[]): Transition {
  return { to: 'REJECTED', because, undo };
}

export function cancel(...undo: Step[]): Transition {
  return { to: 'CANCELLED', because: 'given', undo };
}

/** What a completed order may hear again. */
export function ignoreRepeats(): Rules {
  return ignore(
    'StockReserved',
    'StockCommitted',
    'PaymentAuthorised',
    'PaymentCaptured',
    'PaymentAttemptFailed',
  );
}

/** For answers that change nothing: repeats, answers to compensations, reports of attempts. */
export function ignore(...types: InputType[]): Rules {
  return Object.fromEntries(types.map((type) => [type, 'ignore']));
}

/** For requests that come at the wrong time. */
export function refuse(...types: InputType[]): Rules {
  return Object.fromEntries(types.map((type) => [type, 'refuse']));
}
