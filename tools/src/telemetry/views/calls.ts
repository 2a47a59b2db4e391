import type { CollectedSpan } from '../otlp/spans.ts';
import { quantile } from './quantiles.ts';
import { secondsSince } from './window.ts';

/** Who reached whom, as traces show it. */
export interface Call {
  from: string;
  to: string;
  /** Of a message, the times are from its sending to the begin of its handling. */
  kind: 'http' | 'message' | 'database';
  /** Routes, topics or tables' database. */
  via: string[];
  count: number;
  perSecond: number;
  errors: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

interface Seen {
  from: string;
  to: string;
  kind: Call['kind'];
  via: string;
  ms: number;
  failed: boolean;
}

export type Traces = readonly ReadonlyMap<string, CollectedSpan>[];

/** All calls that traces know of; counted are those since a time. */
export function callsOf(traces: Traces, since: number, now: number): Call[] {
  const seen = traces.flatMap((trace) =>
    [...trace.values()].flatMap((span) => {
      const call = callOf(span, trace);
      return call ? [{ ...call, counts: span.startMs >= since }] : [];
    }),
  );
  const groups = Map.groupBy(seen, ({ from, to, kind }) => `${from} ${to} ${kind}`);
  return [...groups.values()].map((group) => {
    const { from, to, kind } = group[0] as Seen;
    const counted = group.filter(({ counts }) => counts);
    const times = counted.map(({ ms }) => ms);
    return {
      ...{ from, to, kind },
      via: [...new Set(group.map(({ via }) => via))].sort().slice(0, 12),
      count: counted.length,
      perSecond: counted.length / secondsSince(since, now),
      errors: counted.filter(({ failed }) => failed).length,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    };
  });
}

/** A call is where a span's parent belongs to another service, or where nobody we know asked, or a database statement. */
function callOf(span: CollectedSpan, trace: ReadonlyMap<string, CollectedSpan>): Seen | undefined {
  const { service, kind, attributes, name } = span;
  const failed = span.error !== undefined;
  const database = attributes['db.namespace'] ?? attributes['db.name'];
  if (isStatement(span) && typeof database === 'string')
    return { from: service, to: database, kind: 'database', via: database, ms: span.durationMs, failed };
  const parent = trace.get(span.parentSpanId);
  if (kind === 'server') {
    const ms = parent?.kind === 'client' ? parent.durationMs : span.durationMs;
    const lost = failed || parent?.error !== undefined;
    return { from: parent?.service ?? 'client', to: service, kind: 'http', via: name, ms, failed: lost };
  }
  const topic = parent?.attributes['messaging.destination.name'];
  if (kind !== 'consumer' || !parent || typeof topic !== 'string') return undefined;
  const ms = Math.max(0, span.startMs - parent.startMs);
  return { from: parent.service, to: service, kind: 'message', via: topic, ms, failed };
}

/** Whether a span is a database statement. */
export const isStatement = ({ attributes }: CollectedSpan): boolean =>
  'db.system.name' in attributes || 'db.system' in attributes;
