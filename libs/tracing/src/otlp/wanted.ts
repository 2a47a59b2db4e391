export type Signal = 'TRACES' | 'METRICS' | 'LOGS';

/** Whether the standard variables ask for a signal to be sent: an endpoint, and no other exporter for it. */
export function isExported(signal: Signal, env: NodeJS.ProcessEnv): boolean {
  const endpoint = env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const exporters = (env[`OTEL_${signal}_EXPORTER`] || 'otlp').split(',').map((name) => name.trim());
  return Boolean(endpoint) && env['OTEL_SDK_DISABLED'] !== 'true' && exporters.includes('otlp');
}
