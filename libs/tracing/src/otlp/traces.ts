import { createNoopMeter } from '@opentelemetry/api';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { numberOf, otlpExporter, protocolOf } from './exporter.ts';
import { samplerOf } from './sampler.ts';

/** Exports spans and instruments `pg`. What a collector does not take in time is dropped, beyond the queue's bound at once. */
export function startTraces(env: NodeJS.ProcessEnv, resource: Resource): NodeSDK {
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
  const pg = new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true });
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    // Context, propagation, metrics and logs are there already and stay as they are.
    textMapPropagator: null,
    metricReaders: [],
    logRecordProcessors: [],
    sampler: samplerOf(env),
    spanProcessors: [processor],
    instrumentations: [pg],
  });
  sdk.start();
  // Its metrics cost each statement something, come only with traces, and count the pool that persistence shows anyway.
  pg.setMeterProvider({ getMeter: createNoopMeter });
  return sdk;
}
