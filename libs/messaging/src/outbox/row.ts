import type { OutgoingMessage } from '../broker/port.ts';
import { ce } from '../headers.ts';

export const LANES = 16;

/** A message on its way through the outbox. */
export interface OutboxRow {
  lane: number;
  /** Given by the database; of one key, the lower was published first. */
  id: number;
  messageId: string;
  topic: string;
  key: string;
  type: string;
  headers: Record<string, string>;
  payload: string;
}

/** The lane of a key, the same in every process. */
export function laneOf(key: string): number {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % LANES;
}

/** Roughly what a row takes in a request to the broker. */
export const bytesOf = (row: OutboxRow): number => row.payload.length + row.key.length + 400;

export function toMessage(row: OutboxRow): OutgoingMessage {
  return {
    topic: row.topic,
    key: row.key,
    value: row.payload,
    headers: {
      [ce.specVersion]: '1.0',
      [ce.id]: row.messageId,
      [ce.type]: row.type,
      [ce.contentType]: 'application/json',
      ...row.headers,
    },
  };
}
