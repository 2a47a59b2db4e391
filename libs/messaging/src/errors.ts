import { isInfrastructureError } from '@shop/persistence';
import { ZodError } from 'zod';

/** This message can never be handled: it goes to the dead-letter topic at once. `code` is its stable reason. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly code: string;

  constructor(message: string, options: ErrorOptions & { code?: string } = {}) {
    super(message, options);
    this.code = options.code ?? 'handler/permanent';
  }
}

/** It failed now and may work soon: retried in place, then through the retry topic. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
}

export type ErrorKind = 'infrastructure' | 'transient' | 'permanent';

/** What to do about an error of a handler. The unknown counts as transient, because a bounded number of retries costs little. */
export function classify(error: unknown): ErrorKind {
  // A cause may be its own cause.
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (cause instanceof PermanentError || cause instanceof ZodError) return 'permanent';
    if (cause instanceof TransientError) return 'transient';
  }
  return isInfrastructureError(error) ? 'infrastructure' : 'transient';
}
