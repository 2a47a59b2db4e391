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

// Class 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown, start-up, crash),
// 25006 read-only: a fail-over left us on a standby.
const CONNECTION_STATE = /^(08...|53...|57P0[1-5]|25006)$/;

/** SQLSTATE of a PostgreSQL error, however it is wrapped. */
export function sqlState(error: unknown): string | undefined {
  return causes(error).find(({ code }) => /^[0-9A-Z]{5}$/.test(code ?? ''))?.code;
}

/** Is the database out of reach (refused, lost, shutting down, out of connections), so that the same work can succeed later? */
export const isInfrastructureError = (error: unknown): boolean =>
  causes(error).some(
    ({ code = '', message = '' }) =>
      CONNECTION_ERRNO.has(code) || CONNECTION_STATE.test(code) || CONNECTION_MESSAGE.test(message),
  );

// A cause may be its own cause.
const MAX_DEPTH = 8;

interface Cause {
  code?: string;
  message?: string;
  cause?: unknown;
  driverError?: unknown;
}

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let next = error; typeof next === 'object' && next !== null && chain.length < MAX_DEPTH;) {
    const cause: Cause = next;
    chain.push(cause);
    next = cause.driverError ?? cause.cause;
  }
  return chain;
}
