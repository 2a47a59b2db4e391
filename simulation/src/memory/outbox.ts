import type { MessageDefinition } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import type { z } from 'zod';
import type { Message } from '../transport/message.ts';
import type { MemoryTx } from './tx.ts';

/** The outbox of a service: rows of a key in the order of publishing, until a relay has sent and deleted them. */
export class MemoryOutbox extends Outbox {
  readonly rows = new Map<string, Message[]>();
  /** Until when the broker's refusal keeps rows from being sent, by message. */
  readonly blocked = new Map<string, number>();
  #count = 0;

  constructor(readonly service: string) {
    super(service, () => {});
  }

  override publish<D extends MessageDefinition>(
    tx: MemoryTx,
    definition: D,
    payload: z.input<D['schema']>,
  ): void {
    const valid = definition.schema.parse(payload) as z.output<D['schema']>;
    tx.effect(() => this.#append(definition, valid));
  }

  /** The rows of a key that may be sent: a blocked one holds up those behind it. */
  sendable(key: string, now: number): Message[] {
    const rows = this.rows.get(key)!;
    const end = this.blocked.size === 0 ? -1 : rows.findIndex((row) => this.isBlocked(row, now));
    return end < 0 ? rows : rows.slice(0, end);
  }

  isBlocked({ id }: Message, now: number): boolean {
    return (this.blocked.get(id) ?? 0) > now;
  }

  /** Deletes rows that were sent. */
  remove(key: string, sent: readonly Message[]): void {
    this.rows.set(
      key,
      this.rows.get(key)!.filter((row) => !sent.includes(row)),
    );
  }

  #append(definition: MessageDefinition, payload: unknown): void {
    const { topic, type } = definition;
    const key = definition.key(payload);
    const message = {
      id: `${this.service}-${++this.#count}`,
      topic,
      type,
      key,
      payload,
      source: this.service,
    };
    const rows = this.rows.get(key);
    if (rows) rows.push(message);
    else this.rows.set(key, [message]);
  }
}
