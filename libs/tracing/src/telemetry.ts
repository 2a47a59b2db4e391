import { metrics, type Meter } from '@opentelemetry/api';

/** What the preload started, shared through the process because it may be bundled apart from the app. */
export interface Telemetry {
  render(): Promise<string>;
  shutdown(): Promise<void>;
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

/** This process's metrics in Prometheus text format. */
export function renderMetrics(): Promise<string> {
  return started()?.render() ?? Promise.resolve('');
}

/** Flushes what is still to be exported, and stops. */
export function shutdownTelemetry(): Promise<void> {
  return started()?.shutdown() ?? Promise.resolve();
}
