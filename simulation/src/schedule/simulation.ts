import { watchMoney } from '../invariants/money.ts';
import { watchStock } from '../invariants/stock.ts';
import { CommitLost, type MemoryTransactions, type Mishap } from '../memory/transactions.ts';
import { Shop } from '../shop/shop.ts';
import type { Schedule } from './schedule.ts';

/** Something that must never happen. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** How often each thing was seen. */
export type Tally = Record<string, number>;

/** One run: the shop, what it was asked for, and what has been seen. */
export class Simulation {
  readonly shop: Shop;
  readonly placed = new Set<number>();
  /** What happened, for people; only kept when somebody will read it. */
  readonly history: string[] | undefined;
  #violation: Violation | undefined;

  constructor(
    readonly schedule: Schedule,
    readonly tally: Tally,
    recorded = false,
  ) {
    if (recorded) this.history = [];
    const stock = watchStock(this);
    const money = watchMoney(this);
    this.shop = new Shop(schedule.stock, {
      stockChanged: () => stock(),
      paymentChanged: (payment) => money(payment),
    });
  }

  saw(what: string): void {
    this.tally[what] = (this.tally[what] ?? 0) + 1;
  }

  note(text: () => string): void {
    this.history?.push(text());
  }

  /** The first one counts. It is kept until the step is over, because code under test may catch what is thrown in it. */
  violate(what: string): void {
    this.note(() => `VIOLATION: ${what}`);
    this.#violation ??= new Violation(what);
  }

  check(): void {
    if (this.#violation) throw this.#violation;
  }

  /** Runs work whose commit may break; answers whether all went well. Any other error is a violation. */
  async risk(
    transactions: MemoryTransactions,
    mishap: Mishap | undefined,
    work: () => Promise<unknown>,
  ): Promise<boolean> {
    transactions.mishap = mishap;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof CommitLost) this.saw(`commit ${mishap}`);
      else this.violate(`${(error as Error).name}: ${(error as Error).message}`);
      return false;
    } finally {
      transactions.mishap = undefined;
    }
  }
}
