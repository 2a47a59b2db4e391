import { context, trace } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { describe, expect, it } from '@jest/globals';
import { durationHistogram } from './duration-histogram.ts';
import { expose } from './exposition.ts';
import { Scraped } from './scraped.ts';

const traced = (traceFlags: number) =>
  trace.setSpanContext(context.active(), {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags,
  });

describe('metrics for Prometheus', () => {
  const reader = new Scraped();
  const resource = resourceFromAttributes({ 'service.name': 'orders' });
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter('spec');
  const rendered = async (format: 'text' | 'openmetrics') => expose(await reader.now(), format).split('\n');

  meter.createCounter('shop.orders', { description: 'All\norders' }).add(2, { outcome: 'a "b"' });
  meter.createUpDownCounter('pool.size', { unit: 'By' }).add(3);
  meter
    .createObservableGauge('loop.utilization', { unit: '1' })
    .addCallback((gauge) => gauge.observe(0.5, { 'heap.space': 'new' }));
  meter.createObservableGauge('depth', { unit: '{message}' }).addCallback((gauge) => gauge.observe(7));
  const duration = durationHistogram(meter, 'request.duration', 'Requests', [0.1, 2]);
  duration.record(0.05, { route: '/a' }, traced(1));
  duration.record(1.5, { route: '/a' }, traced(0));
  duration.record(3, { route: '/a' }, traced(1));

  it('have the names that a collector gives them', async () => {
    const lines = await rendered('text');
    expect(lines).toEqual(
      expect.arrayContaining([
        'target_info{service_name="orders"} 1',
        '# HELP shop_orders_total All\\norders',
        '# TYPE shop_orders_total counter',
        'shop_orders_total{outcome="a \\"b\\""} 2',
        '# TYPE pool_size_bytes gauge',
        'pool_size_bytes 3',
        'loop_utilization_ratio{heap_space="new"} 0.5',
        'depth 7',
      ]),
    );
    expect(lines.filter((line) => line.startsWith('request_duration'))).toEqual([
      'request_duration_seconds_bucket{route="/a",le="0.1"} 1',
      'request_duration_seconds_bucket{route="/a",le="2"} 2',
      'request_duration_seconds_bucket{route="/a",le="+Inf"} 3',
      'request_duration_seconds_sum{route="/a"} 4.55',
      'request_duration_seconds_count{route="/a"} 3',
    ]);
  });

  it('forget a gauge that is observed no more, and keep a counter', async () => {
    let partitions = ['0', '1'];
    meter
      .createObservableGauge('lag')
      .addCallback((gauge) => partitions.forEach((partition) => gauge.observe(9, { partition })));
    meter.createCounter('seen').add(1);
    const lags = async () => (await rendered('text')).filter((line) => /^(lag|seen_total)/.test(line));
    expect(await lags()).toEqual(['lag{partition="0"} 9', 'lag{partition="1"} 9', 'seen_total 1']);
    partitions = ['1'];
    expect(await lags()).toEqual(['lag{partition="1"} 9', 'seen_total 1']);
  });

  it('are whole for everyone who asks at the same time', async () => {
    const [first, second] = await Promise.all([rendered('text'), rendered('text')]);
    expect(first).toEqual(second);
    expect(first).toContain('depth 7');
  });

  it('show in OpenMetrics which sampled trace fell into a bucket last', async () => {
    const lines = await rendered('openmetrics');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE shop_orders counter',
        'shop_orders_total{outcome="a \\"b\\""} 2',
        '# UNIT request_duration_seconds seconds',
      ]),
    );
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
    const exemplar = `# {trace_id="0af7651916cd43dd8448eb211c80319c",span_id="b7ad6b7169203331"}`;
    const buckets = lines.filter((line) => line.includes('_bucket'));
    expect(buckets[0]).toMatch(new RegExp(`le="0.1"} 1 ${exemplar} 0.05 [0-9.]+$`));
    expect(buckets[1]).toBe('request_duration_seconds_bucket{route="/a",le="2"} 2');
    expect(buckets[2]).toContain(`${exemplar} 3 `);
  });
});
