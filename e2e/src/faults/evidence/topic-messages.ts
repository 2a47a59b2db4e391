import * as contracts from '@shop/contracts';
import { topics } from '@shop/contracts';
import type { Kafka } from 'kafkajs';
import { readRecords, type StoredRecord, stretchesOf } from '../records.ts';
import type { TopicMessage } from './order-evidence.ts';

/** The topics whose keys are orders. */
export const orderTopics = Object.values(topics).filter((topic) => topic !== topics.catalogEvents);

/** The source that poisoned messages name. */
export const POISON_SOURCE = 'faults';

const names = Object.keys(contracts).filter((name) => typeOf(name) !== undefined);
const nameOf = new Map(names.map((name, index) => [typeOf(name)!, index]));

/** Which messages each order has in the topics, kept in two numbers a message: a long run has a million of them. */
export class TopicMessages {
  readonly #byOrder = new Map<string, number[]>();

  static async read(kafka: Kafka): Promise<TopicMessages> {
    const messages = new TopicMessages();
    await readRecords(kafka, await stretchesOf(kafka, orderTopics), (record) => messages.add(record));
    return messages;
  }

  add({ key, headers }: Pick<StoredRecord, 'key' | 'headers'>): void {
    const name = nameOf.get(String(headers['ce_type']));
    // What we have put there to be parked is no message of the order whose key it bears.
    if (name === undefined || key === null || String(headers['ce_source']) === POISON_SOURCE) return;
    const order = key.toString();
    const list = this.#byOrder.get(order) ?? [];
    if (list.length === 0) this.#byOrder.set(order, list);
    list.push(name, shortId(String(headers['ce_id'])));
  }

  of(orderId: string): TopicMessage[] {
    const list = this.#byOrder.get(orderId) ?? [];
    return Array.from({ length: list.length / 2 }, (_, index) => ({
      type: names[list[2 * index]!]!,
      id: list[2 * index + 1]!,
    }));
  }
}

/** The last 48 bits, which are random. */
const shortId = (id: string): number => Number.parseInt(id.slice(-12), 16);

function typeOf(name: string): string | undefined {
  const value = (contracts as Record<string, unknown>)[name];
  return typeof value === 'object' && value !== null && 'type' in value && 'topic' in value
    ? String(value.type)
    : undefined;
}
