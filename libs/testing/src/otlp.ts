/** A span as the collector keeps it: times in milliseconds since the epoch, attributes by name. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  /** Empty for the first span of a trace. */
  parentSpanId: string;
  service: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  startMs: number;
  durationMs: number;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  error?: string;
}

interface Value {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values?: Value[] };
}
type Attributes = { key: string; value: Value }[];

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind?: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: Attributes;
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number; message?: string };
}

interface Export {
  resourceSpans?: { resource?: { attributes?: Attributes }; scopeSpans?: { spans?: OtlpSpan[] }[] }[];
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const FAILED = 2;

/** The spans of one export request in OTLP's JSON encoding. */
export const spansOf = (body: unknown): CollectedSpan[] =>
  ((body as Export).resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const service = String(plain(resource?.attributes)['service.name'] ?? 'unknown');
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => collected(span, service)));
  });

function collected(span: OtlpSpan, service: string): CollectedSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    service,
    name: span.name,
    kind: KINDS[span.kind ?? 0] ?? 'internal',
    startMs: milliseconds(span.startTimeUnixNano),
    durationMs: milliseconds(String(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano))),
    attributes: plain(span.attributes),
    links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
    ...(span.status?.code === FAILED && { error: span.status.message || 'failed' }),
  };
}

/** Nanoseconds since the epoch pass 2^53: whole microseconds are exact enough. */
const milliseconds = (nanos: string): number => Number(BigInt(nanos) / 1000n) / 1000;

const plain = (attributes: Attributes = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));

const plainValue = (value: Value): unknown =>
  value.arrayValue?.values?.map(plainValue) ??
  value.stringValue ??
  value.doubleValue ??
  value.boolValue ??
  Number(value.intValue);
