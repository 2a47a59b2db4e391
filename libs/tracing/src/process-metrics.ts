import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import { metrics } from '@opentelemetry/api';

// The histogram wakes the process up once per resolution, idle or not, so it is kept coarse.
const resolutionMs = 200;
/** Two readers that come one after the other see the same figures, not each the time since the other. */
const windowMs = 1_000;

/** Memory, CPU time and the event loop's load, by OpenTelemetry's semantic conventions; read only when somebody collects. */
export function observeProcess(): void {
  observeResources();
  observeEventLoop();
}

function observeResources(): void {
  const meter = metrics.getMeter('process');
  meter
    .createObservableGauge('process.memory.usage', { unit: 'By', description: 'Resident memory' })
    .addCallback((gauge) => gauge.observe(process.memoryUsage.rss()));
  meter
    .createObservableGauge('v8js.memory.heap.used', {
      unit: 'By',
      description: 'Used heap, by space',
    })
    .addCallback((gauge) => {
      for (const { space_name, space_used_size } of getHeapSpaceStatistics())
        gauge.observe(space_used_size, { 'v8js.heap.space.name': space_name });
    });
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'CPU time' })
    .addCallback((counter) => {
      const { user, system } = process.cpuUsage();
      counter.observe(user / 1e6, { 'cpu.mode': 'user' });
      counter.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableGauge('process.uptime', { unit: 's', description: 'Time since the process started' })
    .addCallback((gauge) => gauge.observe(process.uptime()));
}

function observeEventLoop(): void {
  const meter = metrics.getMeter('nodejs');
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let last = performance.eventLoopUtilization();
  const seconds = (ns: number) => Math.max(0, ns / 1e9 - resolutionMs / 1e3);
  const figures = everyWindow(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    const empty = histogram.count === 0;
    const [p50, p90, p99] = [50, 90, 99].map((of) => (empty ? 0 : seconds(histogram.percentile(of))));
    const max = empty ? 0 : seconds(histogram.max);
    histogram.reset();
    return { utilization, p50, p90, p99, max };
  });
  const utilization = meter.createObservableGauge('nodejs.eventloop.utilization', {
    unit: '1',
    description: 'Share of time the event loop was busy since the last look',
  });
  utilization.addCallback((gauge) => gauge.observe(figures().utilization));
  for (const name of ['p50', 'p90', 'p99', 'max'] as const)
    meter
      .createObservableGauge(`nodejs.eventloop.delay.${name}`, {
        unit: 's',
        description: `Delay of the event loop since the last look: ${name}`,
      })
      .addCallback((gauge) => gauge.observe(figures()[name] ?? 0));
}

function everyWindow<T>(look: () => T): () => T {
  let seen = look();
  let at = performance.now();
  return () => {
    const now = performance.now();
    if (now - at >= windowMs) [seen, at] = [look(), now];
    return seen;
  };
}
