const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** PostgreSQL error classes: 08 connection exception, 53 insufficient resources, 57P operator intervention (shutting down). */
const postgresCode = /^(08...|53...|57P..)$/;
const poolMessage =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error)/;

/** Is the cause a dependency that cannot be reached, rather than this request or this code? Looks through `cause` and `driverError`. */
export function isInfrastructureFault(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  const { code, cause, driverError } = error as Error & { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (networkCodes.has(code) || postgresCode.test(code))) return true;
  return (
    poolMessage.test(error.message) ||
    isInfrastructureFault(driverError, depth + 1) ||
    isInfrastructureFault(cause, depth + 1)
  );
}
