import { startReceiver, type TelemetryReceiver } from '../telemetry/receiver.ts';
import type { Launch } from './infrastructure.ts';
import type { StartOptions } from './options.ts';

const ENDPOINTS = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
];

const endpointElsewhere = (): string | undefined => ENDPOINTS.find((name) => process.env[name]);

const wishes = ({ tracing = true }: StartOptions) => ({
  wanted: Boolean(tracing),
  port: 0,
  page: false,
  ...(typeof tracing === 'object' && tracing),
});

/** A page has nothing to show when telemetry goes elsewhere. */
export function collectorFaults(options: StartOptions): string[] {
  const endpoint = endpointElsewhere();
  return wishes(options).page && endpoint
    ? [
        `${endpoint} sends telemetry elsewhere, so there is nothing to show here. Unset it, or start without --telemetry`,
      ]
    : [];
}

/** On the wanted port if it is free. Whoever set an endpoint of their own gets the traces there. */
export async function startCollector({ options, teardown }: Launch): Promise<TelemetryReceiver | undefined> {
  const { wanted, port, page } = wishes(options);
  if (!wanted || endpointElsewhere()) return undefined;
  const collector = await startReceiver({ port, page }).catch(() => startReceiver({ page }));
  teardown.add(() => collector.stop());
  return collector;
}
