import { metrics, type Meter } from '@opentelemetry/api';
import type { Format } from './exposition.ts';

/** What the preload started, shared through the process because it may be bundled apart from the app. */
export interface Telemetry {
  render(format: Format): Promise<Rendered>;
  /** Takes a copy of each log line, when logs are exported. */
  sendLog?: ((line: string) => void) | undefined;
  shutdown(): Promise<void>;
}

export interface Rendered {
  contentType: string;
  text: string;
}

const slot = Symbol.for('shop.telemetry');
const holder = globalThis as { [slot]?: Telemetry };

export const started = (): Telemetry | undefined => holder[slot];
export const remember = (telemetry: Telemetry): void => {
  holder[slot] = telemetry;
};

/** OpenTelemetry's meter of this name. */
export function meter(name: string): Meter {
  return metrics.getMeter(name);
}

/** This process's metrics in Prometheus's text format; in OpenMetrics, with exemplars, for those whose `Accept` header takes that. */
export function renderMetrics(accept = ''): Promise<Rendered> {
  const format = accept.includes('application/openmetrics-text') ? 'openmetrics' : 'text';
  return started()?.render(format) ?? Promise.resolve({ contentType: 'text/plain', text: '' });
}

/** Flushes what is still to be exported, and stops. */
export function shutdownTelemetry(): Promise<void> {
  return started()?.shutdown() ?? Promise.resolve();
}
