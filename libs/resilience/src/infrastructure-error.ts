/** What Node says of a connection that cannot be had or is lost. */
const CONNECTION_ERRNO = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

// pg, its pool and TypeORM give these no code.
const CONNECTION_MESSAGE =
  /^(Connection terminated|Client (was closed|has encountered a connection error)|timeout exceeded when trying to connect|timeout expired|Query read timeout|Cannot use a pool after calling end|Database connection provided by a query runner was already released)/i;

// SQLSTATE class 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown, start-up, crash),
// 25006 read-only: a fail-over left us on a standby.
const CONNECTION_STATE = /^(08...|53...|57P..|25006)$/;

/** Is what the work depends on out of reach (refused, lost, shutting down, out of connections), so that the same work can succeed later? */
export const isInfrastructureError = (error: unknown): boolean =>
  causesOf(error).some(
    ({ code = '', message = '' }) =>
      CONNECTION_ERRNO.has(code) || CONNECTION_STATE.test(code) || CONNECTION_MESSAGE.test(message),
  );

/** An error as Node, pg or TypeORM throws it. */
export interface Cause {
  code?: string;
  message?: string;
  cause?: unknown;
  driverError?: unknown;
}

// A cause may be its own cause.
const MAX_DEPTH = 8;

/** The error and what it wraps, outermost first. */
export function causesOf(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let next = error; typeof next === 'object' && next !== null && chain.length < MAX_DEPTH;) {
    const cause: Cause = next;
    chain.push(cause);
    next = cause.driverError ?? cause.cause;
  }
  return chain;
}
