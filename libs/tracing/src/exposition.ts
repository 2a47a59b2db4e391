import type { Attributes } from '@opentelemetry/api';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { type Exemplar, exemplarsOf } from './exemplars.ts';

export type Format = 'text' | 'openmetrics';

export const contentTypes: Record<Format, string> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

interface Family {
  type: 'counter' | 'gauge' | 'histogram';
  unit: string;
  help: string;
  metrics: MetricData[];
}

const units: Record<string, string> = { s: 'seconds', By: 'bytes' };

/**
 * Metrics in Prometheus's text format, or in OpenMetrics, which has exemplars. The names are those that a collector gives them
 * (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/), so that it does not matter how they travel.
 */
export function expose({ resource, scopeMetrics }: ResourceMetrics, format: Format): string {
  const families = new Map<string, Family>();
  for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
    const [name, family] = familyOf(metric);
    const known = families.get(name);
    if (known) known.metrics.push(metric);
    else families.set(name, family);
  }
  return [
    ...head(
      'target',
      format === 'text' ? '_info' : '',
      format === 'text' ? 'gauge' : 'info',
      'What reports this',
    ),
    sample('target_info', resource.attributes as Attributes, 1),
    ...[...families].flatMap(([name, family]) => [
      ...head(name, format === 'text' && family.type === 'counter' ? '_total' : '', family.type, family.help),
      ...(format === 'openmetrics' && family.unit ? [`# UNIT ${name} ${family.unit}`] : []),
      ...family.metrics.flatMap((metric) => samples(name, metric, format)),
    ]),
    ...(format === 'openmetrics' ? ['# EOF'] : []),
    '',
  ].join('\n');
}

const head = (name: string, suffix: string, type: string, help: string): string[] => [
  `# HELP ${name}${suffix} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
  `# TYPE ${name}${suffix} ${type}`,
];

/** By its name without `_total`. */
function familyOf(metric: MetricData): [string, Family] {
  const { name, unit, description: help } = metric.descriptor;
  const type = typeOf(metric);
  const ratio = unit === '1' && metric.dataPointType === DataPointType.GAUGE ? 'ratio' : '';
  const suffix = units[unit] ?? ratio;
  const base = clean(name);
  const full = suffix && !base.endsWith(`_${suffix}`) ? `${base}_${suffix}` : base;
  return [full, { type, unit: suffix, help, metrics: [metric] }];
}

function typeOf(metric: MetricData): Family['type'] {
  if (metric.dataPointType === DataPointType.HISTOGRAM) return 'histogram';
  return metric.dataPointType === DataPointType.SUM && metric.isMonotonic ? 'counter' : 'gauge';
}

function samples(name: string, metric: MetricData, format: Format): string[] {
  if (metric.dataPointType === DataPointType.HISTOGRAM)
    return metric.dataPoints.flatMap(({ attributes, value: { buckets, count, sum = 0 } }) => {
      const exemplars = format === 'openmetrics' ? exemplarsOf(metric.descriptor.name, attributes) : [];
      let below = 0;
      return [
        ...buckets.counts.map((inside, index) => {
          const le = buckets.boundaries[index] ?? '+Inf';
          return sample(`${name}_bucket`, { ...attributes, le }, (below += inside), exemplars[index]);
        }),
        sample(`${name}_sum`, attributes, sum),
        sample(`${name}_count`, attributes, count),
      ];
    });
  if (metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM) return [];
  const suffix = typeOf(metric) === 'counter' ? '_total' : '';
  return metric.dataPoints.map(({ attributes, value }) => sample(name + suffix, attributes, value));
}

function sample(name: string, attributes: Attributes, value: number, exemplar?: Exemplar): string {
  const labels = Object.entries(attributes).map(([key, of]) => `${clean(key)}="${escaped(String(of))}"`);
  const line = `${name}${labels.length > 0 ? `{${labels.join(',')}}` : ''} ${value}`;
  if (!exemplar) return line;
  const { traceId, spanId, atMs } = exemplar;
  return `${line} # {trace_id="${traceId}",span_id="${spanId}"} ${exemplar.value} ${atMs / 1_000}`;
}

const clean = (name: string): string => name.replace(/[^a-zA-Z0-9_]+/g, '_');
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
