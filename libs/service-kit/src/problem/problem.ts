import type { ProblemDefinition } from './define-problems.ts';

export interface Fault {
  /** JSON pointer (RFC 6901) into the body, or `/name` of a query or path parameter. */
  pointer: string;
  message: string;
}

export interface ProblemExtra {
  errors?: Fault[];
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  cause?: unknown;
}

/** A refusal that the client is told about, as problem+json (RFC 9457). `detail` must be fit for strangers. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly definition: ProblemDefinition;
  readonly extra: ProblemExtra;

  constructor(definition: ProblemDefinition, detail: string = definition.title, extra: ProblemExtra = {}) {
    super(detail, { cause: extra.cause });
    this.definition = definition;
    this.extra = extra;
  }

  get code(): string {
    return this.definition.code;
  }

  get kind(): ProblemDefinition['kind'] {
    return this.definition.kind;
  }
}
