/** Wakes a loop that waits. A wake-up that comes while the loop is busy is remembered. */
export class Signal {
  #raised = false;
  #resolve: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#resolve?.();
    this.#resolve = undefined;
  }

  async wait(): Promise<void> {
    if (!this.#raised) await new Promise<void>((resolve) => (this.#resolve = resolve));
    this.#raised = false;
  }
}
