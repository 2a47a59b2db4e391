import type { IncomingMessage } from './broker/port.ts';
import { carrierOf, ce, dead, number, origin, text } from './headers.ts';

/** A message that a group has parked, and why. */
export interface DeadLetter {
  /** Its origin in one word; with the number of the replay if that failed again. */
  id: string;
  /** Where it is parked. */
  topic: string;
  /** The group that could not handle it. */
  group: string;
  /** A stable code, such as `message/undecodable`. */
  reason: string;
  error: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Times that a handler was called with it. */
  attempts: number;
  origin: { topic: string; partition: number; offset: number };
  key: string;
  messageId: string;
  type: string;
  traceId: string;
}

/** Reads what the consumer wrote when it parked a message. */
export function letterOf({ topic, key, headers }: IncomingMessage): DeadLetter {
  const string = (name: string) => text(headers, name) ?? '';
  return {
    id: key?.toString() ?? '',
    topic,
    group: string(origin.group),
    reason: string(dead.reason),
    error: string(dead.error),
    at: string(dead.at),
    attempts: number(headers, dead.attempts) ?? 0,
    origin: {
      topic: string(origin.topic),
      partition: number(headers, origin.partition) ?? 0,
      offset: number(headers, origin.offset) ?? 0,
    },
    key: string(dead.key),
    messageId: string(ce.id),
    type: string(ce.type),
    traceId: carrierOf(headers)['traceparent']?.split('-')[1] ?? '',
  };
}
