export { backlogGauges, type Waiting } from './backlog-gauges.ts';
export { currentTraceId, extract, inject, inNewTrace } from './context.ts';
export { durationHistogram } from './duration-histogram.ts';
export { logger, type Logger } from './logger.ts';
export { messagingAttributes } from './messaging-attributes.ts';
export { startSpan, withSpan, type WorkSpanOptions } from './span.ts';
export { startTelemetry } from './start-telemetry.ts';
export { meter, renderMetrics, shutdownTelemetry } from './telemetry.ts';
