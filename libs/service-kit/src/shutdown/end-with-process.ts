import { logger } from '@shop/tracing';
import type { ProcessHost } from './process-host.ts';

export interface Ending {
  close(): Promise<void>;
  /** What has not stopped yet. */
  pending(): string[];
  graceMs: number;
}

const log = logger('shutdown');

/**
 * Closes the service on SIGTERM, SIGINT and on errors that nobody caught, then exits: 0, or 1 after an error or the grace period. `end` does
 * the same without a signal; `release` leaves the process alone from then on.
 */
export function endWithProcess(
  host: ProcessHost,
  { close, pending, graceMs }: Ending,
): { end(code: number): void; release(): void } {
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    const overdue = setTimeout(() => {
      log.error({ pending: pending(), grace_ms: graceMs }, 'did not stop within the grace period');
      host.exit(1);
    }, graceMs);
    close()
      .catch((error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        code = 1;
      })
      .finally(() => {
        clearTimeout(overdue);
        host.exit(code);
      });
  };
  const onSignal = (signal: unknown) => {
    log.info({ signal }, 'stopping');
    end(0);
  };
  const onFatal = (error: unknown) => {
    log.fatal({ err: error }, 'uncaught error');
    end(1);
  };
  const listeners = {
    SIGTERM: onSignal,
    SIGINT: onSignal,
    uncaughtException: onFatal,
    unhandledRejection: onFatal,
  };
  for (const [event, listener] of Object.entries(listeners)) host.on(event, listener);
  const release = () => {
    for (const [event, listener] of Object.entries(listeners)) host.off(event, listener);
  };
  return { end, release };
}
