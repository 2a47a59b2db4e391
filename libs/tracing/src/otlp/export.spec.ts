import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { runWithPreload } from '../run-script.fixture.ts';
import { otlpEndpoint } from './endpoint.fixture.ts';

const record = `const histogram = t.durationHistogram(t.meter('spec'), 'spec.duration', 'Something', [0.1, 1]);
  t.withSpan('slow', {}, () => { histogram.record(0.5); t.logger('spec').info({ order: 7 }, 'worked'); });`;

describe('a process with an OTLP endpoint', () => {
  it('sends traces, metrics and logs, and the three know of each other', async () => {
    using otlp = await otlpEndpoint();
    await runWithPreload(`${record} await t.shutdownTelemetry();`, {
      ...otlp.env,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=spec',
      PORT: '8083',
    });
    expect(otlp.spans).toMatchObject([{ name: 'slow' }]);
    const { traceId } = otlp.spans[0]!;
    expect(otlp.logs).toMatchObject([
      {
        body: { stringValue: 'worked' },
        severityText: 'info',
        traceId,
        timeUnixNano: expect.stringMatching(/^\d{19}$/),
      },
    ]);
    expect(otlp.logs[0]!.attributes).toEqual([{ key: 'order', value: { intValue: 7 } }]);
    const [point] = otlp.metrics.find(({ name }) => name === 'spec.duration')!.histogram!.dataPoints;
    expect(point).toMatchObject({ bucketCounts: [0, 1, 0], exemplars: [{ traceId, asDouble: 0.5 }] });
    expect(otlp.resources).toHaveLength(3);
    for (const resource of otlp.resources)
      expect(resource).toMatchObject({
        'service.name': 'orders',
        'service.instance.id': expect.stringMatching(/.:8083$/),
        'deployment.environment.name': 'spec',
      });
  });

  it('sends metrics again and again, while it runs', async () => {
    using otlp = await otlpEndpoint();
    await runWithPreload(
      `t.meter('spec').createCounter('spec.seen').add(1);
       await new Promise((done) => setTimeout(done, 1_000)); process.exit();`,
      { ...otlp.env, OTEL_METRIC_EXPORT_INTERVAL: '100' },
    );
    expect(otlp.metrics.filter(({ name }) => name === 'spec.seen').length).toBeGreaterThan(1);
  });

  it('keeps to itself what is secret, also in logs', async () => {
    using otlp = await otlpEndpoint();
    const error = `Object.assign(new Error('failed'), { code: '23505', parameters: ['hunter2'] })`;
    await runWithPreload(
      `t.logger('spec').error({ err: ${error}, authorization: 'hunter2' }, 'no'); await t.shutdownTelemetry();`,
      otlp.env,
    );
    expect(JSON.stringify(otlp.logs)).not.toContain('hunter2');
    expect(
      Object.fromEntries(otlp.logs[0]!.attributes.map(({ key, value }) => [key, value['stringValue']])),
    ).toMatchObject({
      'exception.type': 'Error',
      'exception.message': 'failed',
      'exception.stacktrace': expect.stringContaining('Error: failed'),
      'error.code': '23505',
    });
  });

  it('leaves out a signal whose exporter is another one', async () => {
    using otlp = await otlpEndpoint();
    await runWithPreload(`${record} await t.shutdownTelemetry();`, {
      ...otlp.env,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'prometheus',
    });
    expect([otlp.spans, otlp.metrics, otlp.logs.length]).toEqual([[], [], 1]);
  });

  it('says that it does not speak gRPC', async () => {
    using otlp = await otlpEndpoint();
    const { logs } = await runWithPreload('', { ...otlp.env, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(logs).toContainEqual(expect.objectContaining({ level: 'warn', signal: 'TRACES' }));
  });
});

describe('a collector that takes everything and never answers', () => {
  it('costs bounded memory, no time, and an end that is late by three seconds', async () => {
    const connections: Socket[] = [];
    const hole = createServer((socket) => connections.push(socket.resume())).listen(0, '127.0.0.1');
    await new Promise((resolve) => hole.once('listening', resolve));
    const { text, logs } = await runWithPreload(
      `const work = (n) => { for (let i = 0; i < n; i++) t.withSpan('w', {}, () => t.logger('spec').info('x'.repeat(100))); };
       work(1_000);
       await new Promise((done) => setTimeout(done, 1_500));
       globalThis.gc(); const before = process.memoryUsage().heapUsed;
       for (let round = 0; round < 60; round++) { work(1_000); await new Promise(setImmediate); }
       globalThis.gc(); const grown = process.memoryUsage().heapUsed - before;
       const startedAt = performance.now();
       await t.shutdownTelemetry();
       const result = JSON.stringify({ mb: grown / 2 ** 20, endedAfterMs: performance.now() - startedAt });
       process.stdout.write(result + '\\n', () => process.exit());`,
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(hole.address() as AddressInfo).port}`,
        NODE_OPTIONS: '--expose-gc',
      },
    );
    hole.close();
    for (const socket of connections) socket.destroy();
    const { mb, endedAfterMs } = JSON.parse(text) as { mb: number; endedAfterMs: number };
    expect(connections.length).toBeGreaterThan(0);
    // 60,000 spans and as many lines were made; 16,384 and 2,048 of them fit.
    expect(mb).toBeLessThan(45);
    // The exporters by themselves would go on for most of a minute.
    expect(endedAfterMs).toBeLessThan(8_000);
    expect(logs.filter(({ name }) => name === 'spec')).toHaveLength(61_000);
  }, 60_000);
});
