import { describe, expect, it } from '@jest/globals';
import { otlpEndpoint } from './otlp/endpoint.fixture.ts';
import { runWithPreload } from './run-script.fixture.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('a process with the preload', () => {
  it('exports its spans by OTLP, continuing the trace it was called in', async () => {
    using otlp = await otlpEndpoint();
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
    using otlp = await otlpEndpoint();
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
      expect.objectContaining({ level: 'warn', msg: 'the last telemetry could not be exported' }),
    );
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);

  it('renders its metrics, with the process’s own, for whoever scrapes', async () => {
    const { text } = await runWithPreload(
      `t.meter('test').createCounter('shop.orders').add(2, { outcome: 'confirmed' });
       const { text, contentType } = await t.renderMetrics();
       console.log(contentType + '\\n' + text, (await t.renderMetrics('application/openmetrics-text;version=1.0.0')).contentType);`,
    );
    expect(text).toContain('text/plain; version=0.0.4');
    expect(text).toContain('application/openmetrics-text; version=1.0.0');
    expect(text).toContain('shop_orders_total{outcome="confirmed"} 2');
    expect(text).toMatch(/^target_info\{service_name="orders",.*service_instance_id="[^"]+:\d+"/m);
    expect(text).toMatch(/^process_memory_usage_bytes \d+$/m);
    expect(text).toMatch(/^process_cpu_time_seconds_total\{cpu_mode="user"\} [\d.]+$/m);
    expect(text).toMatch(/^process_uptime_seconds [\d.]+$/m);
    expect(text).toMatch(/^v8js_memory_heap_used_bytes\{v8js_heap_space_name="old_space"\} \d+$/m);
  });

  it('sees its event loop being held up', async () => {
    const { text } = await runWithPreload(
      `await new Promise((done) => setTimeout(done, 1_100));
       const end = performance.now() + 900; while (performance.now() < end);
       await new Promise((done) => setTimeout(done, 300));
       console.log((await t.renderMetrics()).text);`,
    );
    const valueOf = (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
    expect(valueOf('nodejs_eventloop_delay_max_seconds')).toBeGreaterThan(0.4);
    expect(valueOf('nodejs_eventloop_delay_p99_seconds')).toBeGreaterThan(0.4);
    expect(valueOf('nodejs_eventloop_delay_p50_seconds')).toBeLessThan(0.4);
    expect(valueOf('nodejs_eventloop_delay_p90_seconds')).toBeGreaterThanOrEqual(0);
    expect(valueOf('nodejs_eventloop_utilization_ratio')).toBeGreaterThan(0.3);
  });
});
