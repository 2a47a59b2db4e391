import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { samplerOf } from './sampler.ts';

/** Exports spans by OTLP over HTTP and instruments `pg`. Context, propagation and metrics are there already and stay as they are. */
export function startTraces(env: NodeJS.ProcessEnv, resource: Resource): NodeSDK {
  const protocol = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  const exporter = protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
  // Roomier than the standard 2,048: one order has dozens of spans, and what does not fit is dropped.
  const maxQueueSize = Number(env['OTEL_BSP_MAX_QUEUE_SIZE']) || 16_384;
  const scheduledDelayMillis = Number(env['OTEL_BSP_SCHEDULE_DELAY']) || 2_000;
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    textMapPropagator: null,
    metricReaders: [],
    logRecordProcessors: [],
    sampler: samplerOf(env),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize, maxExportBatchSize: 1_024, scheduledDelayMillis }),
    ],
    instrumentations: [new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true })],
  });
  sdk.start();
  return sdk;
}
