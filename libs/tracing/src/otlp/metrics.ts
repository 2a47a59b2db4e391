import type { ExportResult } from '@opentelemetry/core';
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
  type ISerializer,
} from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { logger } from '../logger.ts';
import { type Exemplar, exemplarsOf } from '../exemplars.ts';
import { numberOf, otlpExporter } from './exporter.ts';

const log = logger('telemetry');

interface Request {
  resourceMetrics: {
    scopeMetrics: { metrics: { histogram?: { dataPoints: { exemplars?: object[] }[] } }[] }[];
  }[];
}

/** The SDK neither keeps exemplars nor has a place for them, so they are added to what it serialises. */
const jsonWithExemplars: ISerializer<ResourceMetrics, unknown> = {
  ...JsonMetricsSerializer,
  serializeRequest(metrics) {
    const request = JSON.parse(
      new TextDecoder().decode(JsonMetricsSerializer.serializeRequest(metrics)),
    ) as Request;
    metrics.scopeMetrics.forEach((scope, s) =>
      scope.metrics.forEach(({ descriptor, dataPoints }, m) => {
        const written = request.resourceMetrics[0]?.scopeMetrics[s]?.metrics[m]?.histogram?.dataPoints;
        written?.forEach((point, p) => {
          const exemplars = exemplarsOf(descriptor.name, dataPoints[p]?.attributes ?? {});
          if (exemplars.length > 0) point.exemplars = exemplars.flatMap((one) => (one ? [encoded(one)] : []));
        });
      }),
    );
    return new TextEncoder().encode(JSON.stringify(request));
  },
};

const encoded = ({ value, atMs, traceId, spanId }: Exemplar) => ({
  filteredAttributes: [],
  timeUnixNano: `${atMs}000000`,
  asDouble: value,
  traceId,
  spanId,
});

/** Sends all metrics every `OTEL_METRIC_EXPORT_INTERVAL` milliseconds; as JSON, which can carry exemplars, unless `OTEL_EXPORTER_OTLP_METRICS_PROTOCOL` says otherwise. */
export function pushMetrics(
  env: NodeJS.ProcessEnv,
  collect: () => Promise<ResourceMetrics>,
): { shutdown(): Promise<void> } {
  const exporter = otlpExporter('METRICS', env['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL'] || 'http/json', {
    json: jsonWithExemplars,
    protobuf: ProtobufMetricsSerializer,
    helper: MetricsExporterMetricsHelper,
  });
  const push = async (): Promise<void> => {
    const collected = await collect();
    const { error } = await new Promise<ExportResult>((resolve) => exporter.export(collected, resolve));
    if (error) throw error;
  };
  // While one is under way the next is left out: these are totals, so the one after it says everything.
  let underWay: Promise<void> | undefined;
  let failing = false;
  const told = (error: unknown) => {
    if (!failing) log.warn({ err: error }, 'metrics cannot be sent; the next ones will be tried');
    failing = true;
  };
  const tick = () =>
    (underWay ??= push()
      .then(() => void (failing = false), told)
      .finally(() => (underWay = undefined)));
  const timer = setInterval(tick, numberOf(env['OTEL_METRIC_EXPORT_INTERVAL'], 60_000)).unref();
  return {
    async shutdown() {
      clearInterval(timer);
      await underWay;
      await push();
      await exporter.shutdown();
    },
  };
}
