import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import type { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { samplerOf } from './sampler.ts';

/** Exports spans by OTLP over HTTP and instruments `pg`. */
export function startTraces(env: NodeJS.ProcessEnv, resource: Resource): TracerProvider {
  const protocol = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  const exporter = protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
  // Roomier than the standard 2,048: one order has dozens of spans, and what does not fit is dropped.
  const maxQueueSize = Number(env['OTEL_BSP_MAX_QUEUE_SIZE']) || 16_384;
  const scheduledDelayMillis = Number(env['OTEL_BSP_SCHEDULE_DELAY']) || 2_000;
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(env),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize, maxExportBatchSize: 1_024, scheduledDelayMillis }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true })],
  });
  return provider;
}
