import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/** The server's own limits on statements and open transactions end before. */
export const SILENCE_MS = 15_000;

interface Connection {
  readyForQuery: boolean;
  connection: { stream: Socket };
}

/**
 * Ends a connection whose server vanished without a word while something waits for its answer. node-postgres would watch each query
 * with a timer of its own (`query_timeout`), which keeps every result alive until a major garbage collection.
 */
export function watched(client: ClientBase, silenceMs = SILENCE_MS): void {
  // Between two borrowers a connection has no listener for a moment, and an error event that nobody hears ends the process.
  client.on('error', () => {});
  const waiting = () => !(client as unknown as Connection).readyForQuery;
  const { stream } = (client as unknown as Connection).connection;
  stream.setTimeout(silenceMs);
  stream.on('timeout', () => {
    if (waiting()) stream.destroy(new Error(`Connection terminated: no answer for ${silenceMs} ms`));
  });
}
