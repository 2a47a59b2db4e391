import { context, propagation, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { withSpan } from './span.ts';

/** The active trace id, 32 hexadecimal digits; '' when there is none. */
export function currentTraceId(): string {
  return trace.getActiveSpan()?.spanContext().traceId ?? '';
}

/** Writes the active context's traceparent, tracestate and baggage (W3C) into `carrier`. */
export function inject(carrier: Record<string, string> = {}): Record<string, string> {
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** Reads what {@link inject} wrote. */
export function extract(carrier: Record<string, string | undefined>): Context {
  return propagation.extract(ROOT_CONTEXT, carrier);
}

/** Runs `work` in the context of `carrier`. Without a valid traceparent a new trace begins, with or without an SDK. */
export function inNewTrace<T>(carrier: Record<string, string | undefined>, work: () => T): T {
  const parent = extract(carrier);
  return trace.getSpanContext(parent) ? context.with(parent, work) : withSpan('work', { parent }, work);
}
