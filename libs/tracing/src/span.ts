import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { freshSpanContext } from './fresh-span-context.ts';

const tracer = trace.getTracer('shop');

export interface WorkSpanOptions extends Pick<SpanOptions, 'kind' | 'attributes' | 'links'> {
  /** Defaults to the active context. */
  parent?: Context;
}

/** Starts a span that the caller must end. Without an SDK it records nothing, but it always carries a trace id. */
export function startSpan(name: string, options: SpanOptions = {}, parent: Context = context.active()): Span {
  const span = tracer.startSpan(name, options, parent);
  return isSpanContextValid(span.spanContext()) ? span : trace.wrapSpanContext(freshSpanContext());
}

/** Runs `work`, synchronous or not, inside a span; a thrown error is recorded on the span and passed on. */
export function withSpan<T>(name: string, options: WorkSpanOptions, work: (span: Span) => T): T {
  const { parent = context.active(), ...spanOptions } = options;
  const span = startSpan(name, spanOptions, parent);
  let result: T;
  try {
    result = context.with(trace.setSpan(parent, span), work, undefined, span);
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
  if (result instanceof Promise) {
    result.then(
      () => span.end(),
      (error: unknown) => endFailed(span, error),
    );
  } else {
    span.end();
  }
  return result;
}

/** Ends a span as failed. Only the error's own message is kept: parameters and bodies may be secret. */
function endFailed(span: Span, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  span.recordException(error instanceof Error ? error : message);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end();
}
