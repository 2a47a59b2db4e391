import type { LoggerService } from '@nestjs/common';
import { logger } from '@shop/tracing';

const log = logger('nest');

/** Nest's own log lines as JSON. What it says while it starts is of interest to nobody but a debugger. */
export const nestLogger: LoggerService = {
  log: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  debug: (message: unknown, context?: unknown) => log.debug({ context }, String(message)),
  verbose: (message: unknown, context?: unknown) => log.trace({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => log.warn({ context }, String(message)),
  error: (message: unknown, ...rest: unknown[]) => writeError('error', message, rest),
  fatal: (message: unknown, ...rest: unknown[]) => writeError('fatal', message, rest),
};

/** Nest passes an Error, or a message followed by its stack, and the context last. */
function writeError(level: 'error' | 'fatal', message: unknown, rest: unknown[]): void {
  const context = rest.at(-1);
  // What keeps the application from listening is thrown as well, and told by startService.
  if (context === 'NestApplication') return;
  if (message instanceof Error) log[level]({ context, err: message }, message.message);
  else log[level]({ context, stack: rest.length > 1 ? rest[0] : undefined }, String(message));
}
