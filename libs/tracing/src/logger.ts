import { trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';
import { started } from './telemetry.ts';

export type { Logger } from 'pino';

const secretKeys = [
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'paymentToken',
  'password',
  'secret',
  'apiKey',
];
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const level = process.env['LOG_LEVEL'] ?? '';
const service = process.env['OTEL_SERVICE_NAME'];

const root = pino({
  level: levels.includes(level) ? level : 'info',
  base: service ? { service } : {},
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  serializers: { err: errorWithoutExtras },
  mixin: traceIds,
  hooks: { streamWrite },
});

/** A logger that writes JSON lines to stdout, each with the active trace and span id; `LOG_LEVEL` sets the level. */
export function logger(name: string): Logger {
  return root.child({ name });
}

/** A copy for the collector: the very line, in which secrets are hidden already. */
function streamWrite(line: string): string {
  started()?.sendLog?.(line);
  return line;
}

function traceIds(): object {
  const context = trace.getActiveSpan()?.spanContext();
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}

/** Drivers hang queries with their parameters on errors, clients hang requests with their headers: none of it is logged. */
function errorWithoutExtras(error: unknown): object {
  const { type, message, stack } = pino.stdSerializers.err(error as Error);
  return { type, message, stack, code: (error as { code?: unknown } | undefined)?.code };
}
