import {
  type Answer,
  Idempotency,
  type IdempotentRequest,
  type Transactions,
  type Tx,
} from '@shop/persistence';
import type { MemoryTx } from './tx.ts';

type Stored = Required<Answer<unknown>>;

/** One effect per key: the answer is kept by the transaction that did the work. */
export class MemoryIdempotency extends Idempotency {
  readonly #answers = new Map<string, Stored>();
  readonly #transactions: Transactions;

  constructor(transactions: Transactions) {
    super(transactions, undefined as never, undefined as never);
    this.#transactions = transactions;
  }

  override run<R, F = void>(
    { caller, key }: IdempotentRequest,
    work: (tx: Tx, found: F) => Promise<Answer<R>>,
    read: (tx: Tx) => Promise<F> = () => Promise.resolve() as Promise<F>,
  ): Promise<Required<Answer<R>> & { replayed: boolean }> {
    const id = `${caller} ${key}`;
    return this.#transactions.run(async (tx) => {
      const stored = this.#answers.get(id);
      if (stored) return { ...(stored as Required<Answer<R>>), replayed: true };
      const answer = { headers: {}, ...(await work(tx, await read(tx))) };
      (tx as MemoryTx).effect(() => this.#answers.set(id, answer));
      return { ...answer, replayed: false };
    });
  }
}
