import { KafkaJsBroker } from './broker/kafkajs.ts';
import type { IncomingMessage, MessageHeaders, OutgoingMessage } from './broker/port.ts';
import { type DeadLetter, letterOf } from './dead-letter.ts';
import { dead, number, origin, retry } from './headers.ts';
import { retryTopic } from './subscriptions.ts';

export type { DeadLetter } from './dead-letter.ts';

/** Every given field must match. `id` is a letter's id or the id of its message. */
export interface DeadLetterFilter {
  id?: string;
  /** Where the message was first read. */
  topic?: string;
  group?: string;
  reason?: string;
  type?: string;
}

/** A letter with all it carries. */
export interface OpenLetter extends DeadLetter {
  headers: MessageHeaders;
  /** Byte for byte; null when the message had no body. */
  body: Buffer | null;
}

/** Letters that are neither replayed nor purged, oldest first. */
export async function listDeadLetters(
  brokers: string[],
  filter: DeadLetterFilter = {},
): Promise<DeadLetter[]> {
  return inSession(brokers, async (session) => (await session.find(filter)).map(({ letter }) => letter));
}

/** The letter with its headers and body, or undefined. */
export async function showDeadLetter(brokers: string[], id: string): Promise<OpenLetter | undefined> {
  return inSession(brokers, async (session) => {
    const [found] = await session.find({ id });
    if (!found) return undefined;
    const { letter, record } = found;
    return { ...letter, headers: record.headers, body: bodyOf(record) };
  });
}

/** Sends messages once more to the group that parked them, and to no other, under their own ids, so one that did take effect takes none now. */
export async function replayDeadLetters(brokers: string[], filter: DeadLetterFilter): Promise<DeadLetter[]> {
  return resolve(brokers, filter, ({ record, letter }) => [replayOf(record, letter)]);
}

/** Gives letters up for good. */
export async function purgeDeadLetters(brokers: string[], filter: DeadLetterFilter): Promise<DeadLetter[]> {
  return resolve(brokers, filter, () => []);
}

interface Found {
  letter: DeadLetter;
  record: IncomingMessage;
}

interface Session {
  find(filter: DeadLetterFilter): Promise<Found[]>;
  send(messages: OutgoingMessage[]): Promise<void>;
}

function resolve(
  brokers: string[],
  filter: DeadLetterFilter,
  before: (found: Found) => OutgoingMessage[],
): Promise<DeadLetter[]> {
  return inSession(brokers, async ({ find, send }) => {
    const found = await find(filter);
    for (const each of found) {
      // First the message, then the tombstone: stopped in between, a letter is replayed twice and takes effect once.
      const messages = before(each);
      if (messages.length > 0) await send(messages);
      await send([{ topic: each.record.topic, key: each.record.key, value: null, headers: {} }]);
    }
    return found.map(({ letter }) => letter);
  });
}

function replayOf(record: IncomingMessage, letter: DeadLetter): OutgoingMessage {
  const added = new Set<string>([...Object.values(dead), ...Object.values(retry)]);
  const kept = Object.entries(record.headers).filter(([name]) => !added.has(name));
  const replays = (number(record.headers, origin.replays) ?? 0) + 1;
  const key = record.headers[dead.key];
  return {
    topic: retryTopic(letter.origin.topic, letter.group),
    key: Buffer.isBuffer(key) ? key : null,
    value: bodyOf(record),
    headers: { ...Object.fromEntries(kept), [origin.replays]: String(replays) },
  };
}

const bodyOf = ({ headers, value }: IncomingMessage): Buffer | null =>
  headers[dead.tombstone] === undefined ? value : null;

async function inSession<T>(brokers: string[], work: (session: Session) => Promise<T>): Promise<T> {
  const broker = new KafkaJsBroker('dead-letters', brokers, () => {});
  const admin = broker.admin();
  const producer = broker.producer();
  await admin.connect();
  try {
    return await work({
      find: async (filter) =>
        fold(await admin.read((await admin.topics()).filter(isDeadLetterTopic))).filter(matching(filter)),
      send: (messages) => producer.send(messages),
    });
  } finally {
    await Promise.allSettled([admin.close(), producer.close()]);
  }
}

const isDeadLetterTopic = (topic: string): boolean => topic.endsWith('.dlt');

/** The last record of each letter counts, and one without a body deletes it. */
function fold(records: readonly IncomingMessage[]): Found[] {
  const open = new Map<string, Found>();
  for (const record of records) {
    const letter = letterOf(record);
    const key = `${record.topic} ${letter.id}`;
    open.delete(key);
    if (record.value !== null) open.set(key, { letter, record });
  }
  return [...open.values()].sort((a, b) => a.letter.at.localeCompare(b.letter.at));
}

const matching =
  ({ id, topic, group, reason, type }: DeadLetterFilter) =>
  ({ letter }: Found): boolean =>
    (id === undefined || letter.id === id || letter.messageId === id) &&
    (topic === undefined || letter.origin.topic === topic) &&
    (group === undefined || letter.group === group) &&
    (reason === undefined || letter.reason === reason) &&
    (type === undefined || letter.type === type);
