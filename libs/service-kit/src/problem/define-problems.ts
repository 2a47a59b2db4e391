/** The one table from the kind of a problem to its HTTP status. */
export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'timed-out': 408,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'uri-too-long': 414,
  unsupported: 415,
  'expectation-failed': 417,
  unprocessable: 422,
  'precondition-required': 428,
  limited: 429,
  'headers-too-large': 431,
  internal: 500,
  'bad-gateway': 502,
  unavailable: 503,
  'gateway-timeout': 504,
} as const;

export type ProblemKind = keyof typeof statusOf;

export interface ProblemDefinition {
  readonly kind: ProblemKind;
  /** Stable, `context/slug`. */
  readonly code: string;
  readonly title: string;
}

/** A context's catalogue of problems: each entry is `[kind, slug, title]`, its code becomes `context/slug`. */
export function defineProblems<const K extends string>(
  context: string,
  entries: Record<K, readonly [kind: ProblemKind, slug: string, title: string]>,
): Record<K, ProblemDefinition> {
  const defined = Object.entries<readonly [ProblemKind, string, string]>(entries).map(
    ([name, [kind, slug, title]]) => [name, Object.freeze({ kind, code: `${context}/${slug}`, title })],
  );
  return Object.fromEntries(defined) as Record<K, ProblemDefinition>;
}
