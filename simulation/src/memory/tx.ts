import { Tx } from '@shop/persistence';

/** A transaction over tables in memory: it writes when it commits, all at once or not at all. */
export class MemoryTx extends Tx {
  readonly #effects: (() => void)[] = [];
  readonly #hooks: (() => void)[] = [];

  constructor() {
    super(undefined as never, undefined as never);
  }

  effect(effect: () => void): void {
    this.#effects.push(effect);
  }

  override afterCommit(hook: () => void): void {
    this.#hooks.push(hook);
  }

  override query(sql: string): never {
    throw new Error(`nobody answers SQL here: ${sql}`);
  }

  override beforeCommit(): never {
    throw new Error('nothing registers a hook before the commit here');
  }

  applyAll(): void {
    for (const effect of this.#effects) effect();
  }

  announce(): void {
    for (const hook of this.#hooks) hook();
  }
}
