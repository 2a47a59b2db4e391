import type { BatchContext, Delivery } from '@shop/messaging';
import type { MemoryOutbox } from '../memory/outbox.ts';
import type { MemoryTransactions } from '../memory/transactions.ts';
import type { MemoryTx } from '../memory/tx.ts';
import { deliveryOf, type Message } from './message.ts';
import type { Partition } from './partition.ts';

export type Handler = (deliveries: never[], context: BatchContext) => Promise<void>;

/** What a service has of messaging: an inbox and an outbox in its database, partitions to read, and its retry topic. */
export class Service {
  readonly #handled = new Set<string>();
  /** Messages that failed and left the order of their partition. */
  readonly retries: Message[] = [];

  constructor(
    readonly name: string,
    readonly transactions: MemoryTransactions,
    readonly outbox: MemoryOutbox,
    readonly partitions: readonly Partition[],
    private readonly handlerOf: (partition: Partition | undefined) => Handler,
  ) {}

  /** Hands messages over in one transaction with the inbox, as the consumer loop does. */
  deliver(messages: readonly Message[], partition?: Partition): Promise<void> {
    const handle = this.handlerOf(partition);
    return this.transactions.run(async (tx) => {
      const fresh = this.claim(tx as MemoryTx, messages);
      if (fresh.length > 0) await handle(fresh as never[], { tx });
    });
  }

  /** Those that were not handled before. Of two copies in one batch the first counts. */
  claim(tx: MemoryTx, messages: readonly Message[]): Delivery[] {
    const fresh = new Map<string, Delivery>();
    for (const message of messages)
      if (!this.#handled.has(message.id) && !fresh.has(message.id))
        fresh.set(message.id, deliveryOf(message));
    tx.effect(() => {
      for (const id of fresh.keys()) this.#handled.add(id);
    });
    return [...fresh.values()];
  }
}
