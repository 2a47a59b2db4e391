import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { metrics } from '@opentelemetry/api';

// The histogram wakes the process up once per resolution, idle or not, so it is kept coarse.
const resolutionMs = 200;

/** Memory, CPU time and the event loop's load, read only when somebody scrapes. */
export function observeProcess(): void {
  const meter = metrics.getMeter('process');
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let last = performance.eventLoopUtilization();

  meter
    .createObservableGauge('process.memory.usage', { unit: 'By', description: 'Resident memory' })
    .addCallback((gauge) => gauge.observe(process.memoryUsage.rss()));
  meter
    .createObservableGauge('v8js.memory.heap.used', { unit: 'By', description: 'Used heap' })
    .addCallback((gauge) => gauge.observe(process.memoryUsage().heapUsed));
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'CPU time' })
    .addCallback((counter) => {
      const { user, system } = process.cpuUsage();
      counter.observe(user / 1e6, { 'cpu.mode': 'user' });
      counter.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableGauge('nodejs.eventloop.utilization', {
      unit: '1',
      description: 'Share of time the event loop was busy since the last scrape',
    })
    .addCallback((gauge) => {
      const now = performance.eventLoopUtilization();
      gauge.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
  meter
    .createObservableGauge('nodejs.eventloop.delay', {
      unit: 's',
      description: 'Event loop delay since the last scrape, by quantile',
    })
    .addCallback((gauge) => {
      if (delay.count === 0) return;
      for (const [quantile, ns] of [
        ['0.5', delay.percentile(50)],
        ['0.99', delay.percentile(99)],
        ['1', delay.max],
      ] as const) {
        gauge.observe(Math.max(0, ns / 1e9 - resolutionMs / 1e3), { quantile });
      }
      delay.reset();
    });
}
