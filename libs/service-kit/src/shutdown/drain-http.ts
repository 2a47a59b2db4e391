import type { Server } from 'node:http';
import { logger } from '@shop/tracing';

const log = logger('shutdown');

/** Stops accepting connections and waits for the answers under way, at most `graceMs`; then cuts what is left. */
export async function drainHttp(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  // A connection that is kept alive becomes idle only after its last answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => {
    log.warn('connections were still busy and have been cut');
    server.closeAllConnections();
  }, graceMs);
  await closed.finally(() => {
    clearTimeout(timer);
    clearInterval(sweep);
  });
}
