import { createNoopMeter, trace } from '@opentelemetry/api';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { numberOf, otlpExporter, protocolOf } from './exporter.ts';
import { samplerOf } from './sampler.ts';

/** Exports spans and instruments `pg`. What a collector does not take in time is dropped, beyond the queue's bound at once. */
export function startTraces(env: NodeJS.ProcessEnv, resource: Resource): TracerProvider {
  const exporter = otlpExporter('TRACES', protocolOf('TRACES', env), {
    json: JsonTraceSerializer,
    protobuf: ProtobufTraceSerializer,
    helper: TraceExporterMetricsHelper,
  });
  const processor = new BatchSpanProcessor({
    exporter,
    // Roomier than the standard 2,048: one order has dozens of spans, and what does not fit is dropped.
    maxQueueSize: numberOf(env['OTEL_BSP_MAX_QUEUE_SIZE'], 16_384),
    maxExportBatchSize: numberOf(env['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'], 1_024),
    scheduledDelayMillis: numberOf(env['OTEL_BSP_SCHEDULE_DELAY'], 2_000),
    exportTimeoutMillis: numberOf(env['OTEL_BSP_EXPORT_TIMEOUT'], 30_000),
  });
  const provider = new TracerProvider({ resource, sampler: samplerOf(env), spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  const pg = new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true });
  // Its metrics cost each statement something, come only with traces, and count the pool that persistence shows anyway.
  pg.setMeterProvider({ getMeter: createNoopMeter });
  return provider;
}
