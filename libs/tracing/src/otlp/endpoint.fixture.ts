import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

export interface ExportedSpan {
  name: string;
  traceId: string;
  parentSpanId?: string;
  status: { code?: number };
}

export interface ExportedLog {
  timeUnixNano: string;
  severityText: string;
  body?: { stringValue: string };
  traceId?: string;
  attributes: Attribute[];
}

export interface ExportedMetric {
  name: string;
  sum?: { dataPoints: { asInt?: number; asDouble?: number }[] };
  histogram?: { dataPoints: { bucketCounts: number[]; exemplars?: object[] }[] };
}

/** An export of any signal: resources, their scopes, and what these have. */
type Body = Record<
  string,
  ({ resource: { attributes: Attribute[] } } & Record<string, Record<string, unknown[]>[]>)[]
>;

/** An OTLP endpoint that keeps what it is sent as JSON. */
export async function otlpEndpoint() {
  const received = {
    spans: [] as ExportedSpan[],
    logs: [] as ExportedLog[],
    metrics: [] as ExportedMetric[],
  };
  const resources: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    for (const parts of Object.values(JSON.parse(text) as Body))
      for (const part of parts) {
        resources.push(
          Object.fromEntries(
            part.resource.attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
          ),
        );
        const of = (scopes: string, list: string) =>
          (part[scopes] ?? []).flatMap((scope) => scope[list] ?? []);
        received.spans.push(...(of('scopeSpans', 'spans') as ExportedSpan[]));
        received.logs.push(...(of('scopeLogs', 'logRecords') as ExportedLog[]));
        received.metrics.push(...(of('scopeMetrics', 'metrics') as ExportedMetric[]));
      }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  };
  return { ...received, resources, env, [Symbol.dispose]: () => void server.close() };
}
