import { context, metrics, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationType, InstrumentType, MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import { logger } from './logger.ts';
import { observeProcess } from './process-metrics.ts';
import { remember, started } from './telemetry.ts';

const log = logger('telemetry');

/** Bucket bounds, in seconds, for every histogram of unit `s`. */
const durations: ViewOptions = {
  instrumentType: InstrumentType.HISTOGRAM,
  instrumentUnit: 's',
  aggregation: {
    type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
    options: { boundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  },
};

/**
 * Starts context propagation and metrics, and traces when `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
 * `service` is the name when `OTEL_SERVICE_NAME` is not set. It must run before `pg` is imported, which is what `@shop/tracing/preload` is for; later calls do nothing.
 */
export async function startTelemetry(service = 'shop', env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (started()) return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] || service }),
  );
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer('', false, undefined, true, true);
  const meters = new MeterProvider({ resource, readers: [reader], views: [durations] });
  metrics.setGlobalMeterProvider(meters);
  observeProcess();

  const tracesWanted = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const disabled = env['OTEL_SDK_DISABLED'] === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none';
  // Loaded only when wanted: the trace SDK and its exporters cost start-up time and memory.
  const traces =
    tracesWanted && !disabled ? (await import('./start-traces.ts')).startTraces(env, resource) : undefined;
  remember({
    render: async () => serializer.serialize((await reader.collect()).resourceMetrics),
    shutdown: async () => {
      await within(3_000, traces?.shutdown() ?? Promise.resolve()).catch((error: unknown) =>
        log.warn({ err: error }, 'the last spans could not be exported'),
      );
      await meters.shutdown();
    },
  });
}

/** The exporter would go on retrying long after the process should have ended. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, ms, new Error(`still exporting after ${ms} ms`));
  await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
