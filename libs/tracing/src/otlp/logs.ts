import { type AnyValue, SeverityNumber } from '@opentelemetry/api';
import {
  JsonLogsSerializer,
  LogsExporterMetricsHelper,
  ProtobufLogsSerializer,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { numberOf, otlpExporter, protocolOf } from './exporter.ts';

const severities: Record<string, SeverityNumber> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

interface Line {
  level: string;
  time: string;
  name?: string;
  msg?: string;
  err?: { type?: string; message?: string; stack?: string; code?: AnyValue };
  [field: string]: AnyValue;
}

export interface Logs {
  /** Takes a line as it was written to stdout, so what is kept secret there is kept secret here too. */
  send(line: string): void;
  shutdown(): Promise<void>;
}

/** Sends log lines, beside stdout. */
export function startLogs(env: NodeJS.ProcessEnv, resource: Resource): Logs {
  const processor = new BatchLogRecordProcessor({
    exporter: otlpExporter('LOGS', protocolOf('LOGS', env), {
      json: JsonLogsSerializer,
      protobuf: ProtobufLogsSerializer,
      helper: LogsExporterMetricsHelper,
    }),
    maxQueueSize: numberOf(env['OTEL_BLRP_MAX_QUEUE_SIZE'], 2_048),
    maxExportBatchSize: numberOf(env['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE'], 512),
    scheduledDelayMillis: numberOf(env['OTEL_BLRP_SCHEDULE_DELAY'], 1_000),
    exportTimeoutMillis: numberOf(env['OTEL_BLRP_EXPORT_TIMEOUT'], 30_000),
  });
  const provider = new LoggerProvider({ resource, processors: [processor] });
  return {
    send: (line) => {
      const { name = 'shop', ...record } = JSON.parse(line) as Line;
      provider.getLogger(name).emit(recordOf(record));
    },
    shutdown: () => provider.shutdown(),
  };
}

/** The trace comes with the context in which the line was written. */
function recordOf({ level, time, msg, err, service: _, trace_id: _t, span_id: _s, ...fields }: Line) {
  return {
    timestamp: new Date(time),
    severityNumber: severities[level] ?? SeverityNumber.UNSPECIFIED,
    severityText: level,
    body: msg,
    attributes: {
      ...fields,
      ...(err && {
        'exception.type': err.type,
        'exception.message': err.message,
        'exception.stacktrace': err.stack,
        'error.code': err.code,
      }),
    },
  };
}
