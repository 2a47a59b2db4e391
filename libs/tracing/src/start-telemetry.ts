import { hostname } from 'node:os';
import { context, metrics, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { contentTypes, expose } from './exposition.ts';
import { logger } from './logger.ts';
import { isExported, type Signal } from './otlp/wanted.ts';
import { observeProcess } from './process-metrics.ts';
import { Scraped } from './scraped.ts';
import { remember, started } from './telemetry.ts';

const log = logger('telemetry');

/**
 * Starts context propagation and metrics; traces, metrics and logs are sent by OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
 * `service` is the name when `OTEL_SERVICE_NAME` is not set. It must run before `pg` is imported, which is what `@shop/tracing/preload` is for; later calls do nothing.
 */
export async function startTelemetry(service = 'shop', env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (started()) return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  const resource = resourceOf(service, env);
  const scraped = new Scraped();
  metrics.setGlobalMeterProvider(new MeterProvider({ resource, readers: [scraped] }));
  observeProcess();
  // Loaded only when wanted: the exporters and the SDK of traces cost start-up time and memory.
  const wanted = (signal: Signal) => isExported(signal, env);
  const pushed = wanted('METRICS')
    ? (await import('./otlp/metrics.ts')).pushMetrics(env, () => scraped.now())
    : undefined;
  const logs = wanted('LOGS') ? (await import('./otlp/logs.ts')).startLogs(env, resource) : undefined;
  const traces = wanted('TRACES') ? (await import('./otlp/traces.ts')).startTraces(env, resource) : undefined;
  remember({
    render: async (format) => ({
      contentType: contentTypes[format],
      text: expose(await scraped.now(), format),
    }),
    sendLog: logs?.send,
    shutdown: () => within(3_000, [traces?.shutdown(), pushed?.shutdown(), logs?.shutdown()]),
  });
}

/** `OTEL_RESOURCE_ATTRIBUTES` has the last word. */
const resourceOf = (service: string, env: NodeJS.ProcessEnv): Resource =>
  defaultResource()
    .merge(resourceFromAttributes({ 'service.instance.id': `${hostname()}:${env['PORT'] || process.pid}` }))
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] || service }));

/** The exporters would go on retrying long after the process should have ended. One that fails does not keep the others from finishing. */
async function within(ms: number, work: (Promise<void> | undefined)[]): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, ms, new Error(`still exporting after ${ms} ms`));
  const finished = Promise.allSettled(work).then(() => Promise.all(work));
  await Promise.race([finished, late])
    .catch((error: unknown) => log.warn({ err: error }, 'the last telemetry could not be exported'))
    .finally(() => clearTimeout(timer));
}
