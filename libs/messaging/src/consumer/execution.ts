import type { Transactions, Tx } from '@shop/persistence';
import { timeout } from '@shop/resilience';
import type { Delivery } from '../delivery.ts';
import type { Inbox } from '../inbox.ts';
import { type Handlers } from './handlers.ts';
import { inBatchSpan, inMessageSpan } from './spans.ts';
import { stages } from './stages.ts';

/** Gives deliveries to their handlers: all of them take effect, or none and it throws. */
export interface Execution {
  run(deliveries: readonly Delivery[]): Promise<void>;
}

/** One transaction for all: inbox, handlers, outbox. What the inbox has seen before is left out. */
export class TransactionalExecution implements Execution {
  constructor(
    private readonly transactions: Transactions,
    private readonly inbox: Inbox,
    private readonly handlers: Handlers,
    private readonly group: string,
  ) {}

  async run(deliveries: readonly Delivery[]): Promise<void> {
    const [only] = deliveries;
    if (deliveries.length === 1 && only)
      return inMessageSpan(only, this.group, () => this.#transaction(deliveries, (_, call) => call()));
    const apart = (delivery: Delivery, call: () => Promise<unknown>) =>
      inMessageSpan(delivery, this.group, call);
    return inBatchSpan(deliveries, this.group, () => this.#transaction(deliveries, apart));
  }

  #transaction(
    deliveries: readonly Delivery[],
    single: (delivery: Delivery, call: () => Promise<unknown>) => Promise<unknown>,
  ) {
    return this.transactions.run(async (tx) => {
      const fresh = await this.#fresh(tx, deliveries);
      for (const { handler, items } of stages(fresh, ({ type }) => this.handlers.of(type))) {
        if (handler.batch) {
          await handler.call(items, { tx });
          continue;
        }
        for (const delivery of items)
          await single(delivery, () => handler.call(delivery.payload, { tx, delivery }));
      }
    });
  }

  async #fresh(tx: Tx, deliveries: readonly Delivery[]): Promise<Delivery[]> {
    const claimed = await this.inbox.claim(
      tx,
      deliveries.map(({ id }) => id),
    );
    // Deleting keeps the first of two copies in one batch.
    return deliveries.filter(({ id }) => claimed.delete(id));
  }
}

/** No transaction and no inbox: at least once. A handler that takes too long is given up, so that it cannot hold its partition for ever. */
export class StatelessExecution implements Execution {
  readonly #inTime;

  constructor(
    private readonly handlers: Handlers,
    private readonly group: string,
    withinMs: number,
  ) {
    this.#inTime = timeout(withinMs);
  }

  async run(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries)
      await inMessageSpan(delivery, this.group, () => this.#inTime(() => this.#one(delivery)));
  }

  async #one(delivery: Delivery): Promise<void> {
    for (const handler of this.handlers.of(delivery.type)) {
      if (handler.batch) await handler.call([delivery], withoutTx({}));
      else await handler.call(delivery.payload, withoutTx({ delivery }));
    }
  }
}

const withoutTx = (context: object): object =>
  Object.defineProperty(context, 'tx', {
    get: () => {
      throw new Error('a stateless service has no transaction');
    },
  });
