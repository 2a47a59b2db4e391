import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { runWithPreload } from './run-script.fixture.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

interface ExportedSpan {
  name: string;
  traceId: string;
  parentSpanId?: string;
  status: { code?: number };
}

/** An OTLP endpoint that keeps what it is sent. */
async function collector() {
  const spans: ExportedSpan[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(body) as {
        resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[];
      };
      spans.push(...resourceSpans.flatMap((resource) => resource.scopeSpans).flatMap((scope) => scope.spans));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  };
  return { spans, env, [Symbol.dispose]: () => void server.close() };
}

describe('a process with the preload', () => {
  it('exports its spans by OTLP, continuing the trace it was called in', async () => {
    using otlp = await collector();
    await runWithPreload(
      `await t.inNewTrace({ traceparent: '${traceparent}' }, () => t.withSpan('outer', {}, () => t.withSpan('inner', {}, async () => { throw new Error('no') })).catch(() => {}));
       await t.shutdownTelemetry();`,
      otlp.env,
    );
    const [inner, outer] = otlp.spans;
    expect(otlp.spans.map(({ name, traceId }) => [name, traceId])).toEqual([
      ['inner', '0af7651916cd43dd8448eb211c80319c'],
      ['outer', '0af7651916cd43dd8448eb211c80319c'],
    ]);
    expect(outer).toMatchObject({ parentSpanId: 'b7ad6b7169203331' });
    expect(inner).toMatchObject({ status: { code: 2 } });
  });

  it('leaves the sampling of a new trace to OTEL_TRACES_SAMPLER, and passes the decision on', async () => {
    using otlp = await collector();
    const { text } = await runWithPreload(
      `t.inNewTrace({}, () => console.log(t.inject().traceparent)); await t.shutdownTelemetry();`,
      { ...otlp.env, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    );
    expect(text).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(otlp.spans).toEqual([]);
  });

  it('instruments pg although it is imported as a module', async () => {
    const script = `const { default: pg } = await import('pg'); console.log(pg.Client.prototype.query.__wrapped ?? false);`;
    const traced = await runWithPreload(script, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(traced.text).toBe('true');
    expect((await runWithPreload(script)).text).toBe('false');
  });

  it('ends in time, and says so, when nobody takes its spans', async () => {
    const startedAt = performance.now();
    const { logs, text } = await runWithPreload(
      `t.withSpan('lost', {}, () => {}); await t.shutdownTelemetry(); console.log('ended');`,
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      },
    );
    expect(text).toBe('ended');
    expect(logs).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'the last spans could not be exported' }),
    );
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);

  it('renders its metrics for Prometheus, durations in seconds, with the process’s own', async () => {
    const { text } = await runWithPreload(
      `const m = t.meter('test');
       m.createCounter('shop.orders').add(2, { outcome: 'confirmed' });
       m.createHistogram('http.server.request.duration', { unit: 's' }).record(0.02);
       console.log(await t.renderMetrics());`,
    );
    expect(text).toContain('shop_orders_total{outcome="confirmed"} 2');
    expect(text).toContain('http_server_request_duration_bucket{le="0.025"} 1');
    expect(text).toMatch(/^process_memory_usage \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_utilization /m);
  });
});
