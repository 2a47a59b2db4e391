import { Transactions, type Tx } from '@shop/persistence';
import { MemoryTx } from './tx.ts';

/** What can befall a commit: it does not happen, or it happens and nobody learns of it. */
export type Mishap = 'rolled back' | 'unacknowledged';

/** The connection broke at the commit. */
export class CommitLost extends Error {
  constructor(mishap: Mishap) {
    super(`the connection broke at the commit, which is ${mishap}`);
  }
}

// Made once, because a stack for every fault costs more than the fault.
const lost = {
  'rolled back': new CommitLost('rolled back'),
  unacknowledged: new CommitLost('unacknowledged'),
};

/** Runs one transaction at a time, as row locks would have it, and lets the schedule break its commit. */
export class MemoryTransactions extends Transactions {
  /** What befalls the next commit. */
  mishap: Mishap | undefined;

  constructor(private readonly committed: () => void) {
    super({ driver: { master: { options: { max: 1 } } } } as never);
  }

  override async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const tx = new MemoryTx();
    const result = await work(tx);
    const { mishap } = this;
    this.mishap = undefined;
    if (mishap === 'rolled back') throw lost[mishap];
    tx.applyAll();
    this.committed();
    if (mishap) throw lost[mishap];
    tx.announce();
    return result;
  }
}
