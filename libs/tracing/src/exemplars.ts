import { type Attributes, type Context, TraceFlags, trace } from '@opentelemetry/api';

/** A sampled request that fell into a bucket of a histogram, so that a slow one can be looked at. */
export interface Exemplar {
  value: number;
  atMs: number;
  traceId: string;
  spanId: string;
}

type Buckets = (Exemplar | undefined)[];

// The SDK's own bound on the series of one instrument.
const MAX_SERIES = 2_000;

// Shared through the process, because what collects may be bundled apart from what records.
const slot = Symbol.for('shop.exemplars');
const holder = globalThis as { [slot]?: Map<string, Map<string, Buckets>> };
const histograms = (holder[slot] ??= new Map());

/** Keeps the latest of each bucket of each series. Costs nothing unless the trace in `context` is sampled. */
export function keepExemplar(
  histogram: string,
  bounds: readonly number[],
  value: number,
  attributes: Attributes,
  context: Context,
): void {
  const span = trace.getSpanContext(context);
  if (!span || !(span.traceFlags & TraceFlags.SAMPLED)) return;
  const series = histograms.get(histogram) ?? new Map<string, Buckets>();
  histograms.set(histogram, series);
  const key = keyOf(attributes);
  const buckets = series.get(key) ?? [];
  if (series.size < MAX_SERIES) series.set(key, buckets);
  const index = bounds.findIndex((bound) => value <= bound);
  const { traceId, spanId } = span;
  buckets[index === -1 ? bounds.length : index] = { value, atMs: Date.now(), traceId, spanId };
}

/** The exemplars of one series, by the index of their bucket. */
export const exemplarsOf = (histogram: string, attributes: Attributes): readonly (Exemplar | undefined)[] =>
  histograms.get(histogram)?.get(keyOf(attributes)) ?? [];

const keyOf = (attributes: Attributes): string => JSON.stringify(attributes);
