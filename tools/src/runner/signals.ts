import { killEverything } from './leftovers.ts';
import type { Progress } from './progress.ts';

/** npm passes on the Ctrl-C that the terminal has sent us already. */
const ECHO_MS = 1_000;

/** Ctrl-C, SIGTERM and SIGHUP ask for an orderly end through the returned signal; the second of them kills what is left. */
export function endOnSignals(dataDir: string, progress: Progress): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const signalled = () => {
    if (controller.signal.aborted) {
      if (performance.now() - first < ECHO_MS) return;
      killEverything(dataDir);
      process.exit(130);
    }
    progress.line('\nStopping. Ctrl-C again kills.\n');
    first = performance.now();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, signalled);
  return controller.signal;
}

export const raised = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    // A pending promise alone would not keep the process alive.
    const heartbeat = setInterval(() => {}, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(heartbeat);
      resolve();
    });
  });
