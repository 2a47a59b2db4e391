import { z } from 'zod';
import { attributes, milliseconds, resource, text } from './attributes.ts';

/** A span as the receiver keeps it: times in milliseconds since the epoch, attributes by name. */
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

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const FAILED = 2;
const MOST_LINKS = 256;

const hex = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${digits}}$`), `must be ${digits} hexadecimal digits`)
    .transform((id) => id.toLowerCase());
const context = z.object({ traceId: hex(32), spanId: hex(16) });

const span = context.extend({
  parentSpanId: z.union([z.literal(''), hex(16)]).default(''),
  name: text,
  kind: z.number().int().min(0).max(5).default(0),
  startTimeUnixNano: milliseconds,
  endTimeUnixNano: milliseconds,
  attributes,
  links: z
    .array(context)
    .transform((links) => links.slice(0, MOST_LINKS))
    .default([]),
  status: z.object({ code: z.number().optional(), message: text.optional() }).default({}),
});
const scope = z.object({ spans: z.array(span).default([]) });
const request = z.object({
  resourceSpans: z.array(z.object({ resource, scopeSpans: z.array(scope).default([]) })).default([]),
});

/** The spans of one export request in OTLP's JSON encoding; throws a ZodError for what is none. */
export const spansOf = (body: unknown): CollectedSpan[] =>
  request
    .parse(body)
    .resourceSpans.flatMap(({ resource: { service }, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map((sent) => collected(sent, service))),
    );

function collected(
  { startTimeUnixNano, endTimeUnixNano, kind, status, ...kept }: z.infer<typeof span>,
  service: string,
): CollectedSpan {
  return {
    ...kept,
    service,
    kind: KINDS[kind] ?? 'internal',
    startMs: startTimeUnixNano,
    // Clocks are read apart, so an end may lie before its start.
    durationMs: Math.max(0, Math.round((endTimeUnixNano - startTimeUnixNano) * 1_000) / 1_000),
    ...(status.code === FAILED && { error: status.message || 'failed' }),
  };
}
