import { type MessageDefinition, newId } from '@shop/contracts';
import type { Tx } from '@shop/persistence';
import { inject } from '@shop/tracing';
import type { z } from 'zod';
import type { Delivery } from '../delivery.ts';
import { ce } from '../headers.ts';
import { type Draft, type FreshRow, insertDrafts } from './outbox-store.ts';
import { laneOf } from './row.ts';

export interface PublishOptions {
  /** The delivery that this message answers: it continues that one's trace. Needed in batch handlers, where several traces meet. */
  cause?: Pick<Delivery, 'carrier'>;
}

// Under the broker's usual limit of 1 MiB with room for headers.
const MAX_BYTES = 900 * 1024;

/** Publishes messages with the transaction they belong to: stored with its other effects or not at all, and sent after it has committed. */
export class Outbox {
  readonly #drafts = new WeakMap<Tx, Draft[]>();

  constructor(
    private readonly source: string,
    private readonly committed: (rows: FreshRow[]) => void,
  ) {}

  /** Throws a ZodError when the payload breaks the definition's schema. Messages of one key are sent in the order of publishing. */
  publish<D extends MessageDefinition>(
    tx: Tx,
    definition: D,
    payload: z.input<D['schema']>,
    options: PublishOptions = {},
  ): void {
    const valid = definition.schema.parse(payload) as z.output<D['schema']>;
    const body = JSON.stringify(valid);
    if (Buffer.byteLength(body) > MAX_BYTES)
      throw new RangeError(`a ${definition.type} of ${body.length} characters is too large to publish`);
    const key = definition.key(valid);
    this.#draftsOf(tx).push({
      lane: laneOf(key),
      messageId: newId(),
      topic: definition.topic,
      key,
      type: definition.type,
      headers: {
        [ce.source]: this.source,
        [ce.time]: new Date().toISOString(),
        ...(options.cause ? options.cause.carrier : inject()),
      },
      payload: body,
    });
  }

  #draftsOf(tx: Tx): Draft[] {
    const existing = this.#drafts.get(tx);
    if (existing) return existing;
    const drafts: Draft[] = [];
    this.#drafts.set(tx, drafts);
    let fresh: FreshRow[] = [];
    tx.beforeCommit(async () => {
      // What another hook publishes after this one gets a statement of its own.
      this.#drafts.delete(tx);
      insertDrafts(tx, drafts, (rows) => (fresh = rows));
    });
    tx.afterCommit(() => this.committed(fresh));
    return drafts;
  }
}
