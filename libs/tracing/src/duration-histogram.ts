import { type Attributes, context, type Histogram, type Meter } from '@opentelemetry/api';
import { keepExemplar } from './exemplars.ts';

/** In seconds. 2 is the limit that placing an order is held to. */
const usual = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** A histogram of seconds whose buckets remember the last sampled trace that fell into them. */
export function durationHistogram(
  meter: Meter,
  name: string,
  description: string,
  bounds: number[] = usual,
): Pick<Histogram, 'record'> {
  const advice = { explicitBucketBoundaries: bounds };
  const histogram = meter.createHistogram(name, { description, unit: 's', advice });
  return {
    record(seconds: number, attributes: Attributes = {}, at = context.active()) {
      histogram.record(seconds, attributes, at);
      keepExemplar(name, bounds, seconds, attributes, at);
    },
  };
}
