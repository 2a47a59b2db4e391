import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assets } from './http/assets.ts';
import { jsonBody } from './http/json-body.ts';
import { Live } from './http/live.ts';
import { Refusal } from './http/refusal.ts';
import { answering, type Route, type Routes } from './http/routes.ts';
import { pointsOf } from './otlp/points.ts';
import { type CollectedSpan, spansOf } from './otlp/spans.ts';
import { MetricStore } from './store/metric-store.ts';
import { SpanStore } from './store/span-store.ts';
import { overviewOf } from './views/overview.ts';

export interface TelemetryReceiver {
  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`, with `OTEL_EXPORTER_OTLP_PROTOCOL=http/json`; the page's address as well. */
  url: string;
  port: number;
  /** Whether it has a page and keeps metrics. */
  page: boolean;
  /** The spans of one trace by their start time. */
  spans(traceId: string): CollectedSpan[];
  stop(): Promise<void>;
}

export interface ReceiverOptions {
  /** Default: any free port. */
  port?: number;
  /** Keep metrics too, and serve the page. */
  page?: boolean;
  /** Bytes of spans (as JSON) beyond which the oldest traces are forgotten; default 48 MB, some 80,000 spans. */
  capacity?: number;
}

const LONGEST_BODY = 16 << 20;
const METRICS = { series: 4_000, points: 150, silenceMs: 60_000 };

/** Receives OTLP over HTTP as JSON, on the loopback interface only, and keeps the latest of it in memory. `GET /traces/<id>` shows a trace. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<TelemetryReceiver> {
  const { port = 0, page = false, capacity = 48 << 20 } = options;
  const spans = new SpanStore(capacity);
  const metrics = new MetricStore(METRICS);
  const startedAt = Date.now();
  const read = () => overviewOf(spans, metrics, startedAt);
  const live = new Live(read);
  const routes: Routes = {
    'POST /v1/traces': taking((body) => spansOf(body).forEach((span) => spans.add(span))),
    'POST /v1/metrics': taking((body) => page && pointsOf(body).forEach((point) => metrics.add(point))),
    'GET /traces/*': (_request, _response, traceId) => ({ spans: spans.trace(traceId) }),
    ...(page && pageRoutes(live, read)),
  };
  const server = createServer(answering(routes));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const stop = () =>
    new Promise<void>((resolve) => {
      live.stop();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${bound}`, port: bound, page, spans: (id) => spans.trace(id), stop };
}

/** An OTLP export: everything of it is taken, or nothing. */
const taking =
  (take: (body: unknown) => unknown): Route =>
  async (request) => {
    take(await jsonBody(request, LONGEST_BODY));
    return {};
  };

function pageRoutes(live: Live, read: () => object): Routes {
  const asset = assets();
  return {
    'GET /overview': read,
    'GET /live': (_request, response) => live.add(response),
    'GET /*': (_request, response, path) => {
      if (!asset(`/${path}`, response)) throw new Refusal(404, 'the page has no such part');
    },
  };
}
