import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** Takes whatever a shop exports by OTLP over HTTP with JSON, and keeps it word for word. */
export interface OtlpSink {
  url: string;
  /** Bodies by signal: `traces`, `metrics`, `logs`. */
  received: { signal: string; body: string }[];
  close(): Promise<void>;
}

export async function otlpSink(): Promise<OtlpSink> {
  const received: OtlpSink['received'] = [];
  const server = createServer((request, response) => {
    const signal = request.url!.split('/').at(-1)!;
    const zipped = request.headers['content-encoding'] === 'gzip';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const bytes = Buffer.concat(chunks);
      received.push({ signal, body: (zipped ? gunzipSync(bytes) : bytes).toString() });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
