import { z } from 'zod';
import { attributes, milliseconds, resource, text } from './attributes.ts';

/** One value of a metric at a time, in milliseconds since the epoch. Sums and histograms count since the process started. */
export interface MetricPoint {
  service: string;
  instance: string;
  name: string;
  unit: string;
  attributes: Record<string, unknown>;
  at: number;
  /** Of a histogram: the number of its values. */
  value: number;
  histogram?: { bounds: number[]; counts: number[] };
}

const MOST_BUCKETS = 200;

const count = z.union([z.string().regex(/^-?\d{1,20}$/), z.number()]).transform(Number);
const point = z.object({ attributes, timeUnixNano: milliseconds });
const number = point.extend({ asDouble: z.number().optional(), asInt: count.optional() });
const numbers = z.object({ dataPoints: z.array(number).default([]) });
const histograms = z.object({
  dataPoints: z
    .array(
      point.extend({
        count,
        explicitBounds: z.array(z.number()).max(MOST_BUCKETS).default([]),
        bucketCounts: z
          .array(count)
          .max(MOST_BUCKETS + 1)
          .default([]),
      }),
    )
    .default([]),
});
const metric = z.object({
  name: text,
  unit: text.default(''),
  gauge: numbers.optional(),
  sum: numbers.optional(),
  histogram: histograms.optional(),
});
const scope = z.object({ metrics: z.array(metric).default([]) });
const request = z.object({
  resourceMetrics: z.array(z.object({ resource, scopeMetrics: z.array(scope).default([]) })).default([]),
});

/** The values of one export request in OTLP's JSON encoding; throws a ZodError for what is none. Exponential histograms are left out. */
export const pointsOf = (body: unknown): MetricPoint[] =>
  request
    .parse(body)
    .resourceMetrics.flatMap(({ resource: sender, scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.flatMap((sent) => valuesOf(sent).map((value) => ({ ...sender, ...value }))),
      ),
    );

function valuesOf({ name, unit, gauge, sum, histogram }: z.infer<typeof metric>) {
  const plain = [...(gauge?.dataPoints ?? []), ...(sum?.dataPoints ?? [])].map(
    ({ attributes: labels, timeUnixNano, asDouble, asInt }) => ({
      ...{ name, unit, attributes: labels, at: timeUnixNano },
      value: asDouble ?? asInt ?? 0,
    }),
  );
  const distributed = (histogram?.dataPoints ?? []).map((sent) => ({
    ...{ name, unit, attributes: sent.attributes, at: sent.timeUnixNano },
    value: sent.count,
    histogram: { bounds: sent.explicitBounds, counts: sent.bucketCounts },
  }));
  return [...plain, ...distributed];
}
