import type { HeaderValue, MessageHeaders } from './broker/port.ts';

/** CloudEvents 1.0 in binary mode, Kafka binding. */
export const ce = {
  specVersion: 'ce_specversion',
  id: 'ce_id',
  type: 'ce_type',
  source: 'ce_source',
  time: 'ce_time',
  contentType: 'content-type',
} as const;

/** W3C Trace Context and Baggage. */
export const traceHeaders = ['traceparent', 'tracestate', 'baggage'] as const;

/** Where a message on a retry or dead-letter topic was first read. */
export const origin = {
  topic: 'origin-topic',
  partition: 'origin-partition',
  offset: 'origin-offset',
  group: 'origin-group',
  /** How often an operator has sent it again. */
  replays: 'origin-replays',
} as const;

export const retry = {
  attempt: 'retry-attempt',
  /** Milliseconds since the epoch. */
  notBefore: 'retry-not-before',
} as const;

/** What a dead letter says besides its origin; the headers and the body of the message itself stay as they were. */
export const dead = {
  reason: 'dead-reason',
  error: 'dead-error',
  at: 'dead-at',
  attempts: 'dead-attempts',
  key: 'dead-key',
  /** The message had no body. An empty one stands for it, because a record without a body would delete the letter. */
  tombstone: 'dead-tombstone',
} as const;

const own = new Set<string>([...Object.values(origin), ...Object.values(retry), ...Object.values(dead)]);

/** The headers without what this library has added. */
export function withoutOwn(headers: MessageHeaders): MessageHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)));
}

/** A header as text; of a repeated one the first, as CloudEvents allows only one. */
export function text(headers: MessageHeaders, name: string): string | undefined {
  const value: HeaderValue | undefined = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? undefined : first.toString();
}

export function number(headers: MessageHeaders, name: string): number | undefined {
  const value = Number(text(headers, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** The trace context that a message carried. */
export function carrierOf(headers: MessageHeaders): Record<string, string> {
  const carrier: Record<string, string> = {};
  for (const name of traceHeaders) {
    const value = text(headers, name);
    if (value !== undefined) carrier[name] = value;
  }
  return carrier;
}
