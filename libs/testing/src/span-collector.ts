import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type CollectedSpan, spansOf } from './otlp.ts';

export interface SpanCollector {
  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`, with `OTEL_EXPORTER_OTLP_PROTOCOL=http/json`. */
  url: string;
  port: number;
  /** Every span, or those of one trace by their start time. */
  spans(traceId?: string): CollectedSpan[];
  clear(): void;
  stop(): Promise<void>;
}

export interface SpanCollectorOptions {
  /** Default: any free port. */
  port?: number;
  /** Beyond this many spans the oldest traces are forgotten; default 50 000. */
  capacity?: number;
}

const LARGEST_BODY = 16 << 20;

/** Receives traces as OTLP/HTTP JSON, keeps the latest in memory, and shows one at `GET /traces/<id>`. */
export async function startSpanCollector({
  port = 0,
  capacity = 50_000,
}: SpanCollectorOptions = {}): Promise<SpanCollector> {
  const store = new SpanStore(capacity);
  const server = createServer((request, response) => {
    answer(store, request, response).catch(() => send(response, 400, {}));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    spans: (id) => store.spans(id),
    clear: () => store.clear(),
    stop,
  };
}

class SpanStore {
  readonly #traces = new Map<string, CollectedSpan[]>();
  readonly #capacity: number;
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(span: CollectedSpan): void {
    const trace = this.#traces.get(span.traceId);
    if (trace) trace.push(span);
    else this.#traces.set(span.traceId, [span]);
    this.#count += 1;
    for (const [oldest, spans] of this.#traces) {
      if (this.#count <= this.#capacity) break;
      this.#traces.delete(oldest);
      this.#count -= spans.length;
    }
  }

  spans(traceId?: string): CollectedSpan[] {
    const spans =
      traceId === undefined ? [...this.#traces.values()].flat() : [...(this.#traces.get(traceId) ?? [])];
    return spans.sort((a, b) => a.startMs - b.startMs);
  }

  clear(): void {
    this.#traces.clear();
    this.#count = 0;
  }
}

async function answer(store: SpanStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '/' } = request;
  const [, traceId] = /^\/traces\/([0-9a-f]{32})$/.exec(url) ?? [];
  if (method === 'POST' && url === '/v1/traces') {
    for (const span of spansOf(JSON.parse(await bodyOf(request)))) store.add(span);
    send(response, 200, {});
  } else if (method === 'POST') {
    request.resume();
    send(response, 200, {});
  } else if (method === 'GET' && traceId) {
    send(response, 200, { spans: store.spans(traceId) });
  } else {
    send(response, 404, { message: 'POST /v1/traces, GET /traces/<id>' });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError('the export is too large');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
