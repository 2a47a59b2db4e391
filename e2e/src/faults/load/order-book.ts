/** An order that a customer got a 202 for. */
export interface AcceptedOrder {
  id: string;
  key: string;
  customer: string;
  /** Whether the customer was told that it is cancelled, or the shop that it is given back. */
  cancelled: boolean;
  refunded: boolean;
}

type Ended = (status: string) => void;

/** What the customers know: every order they were promised, and every answer that should not have come. */
export class OrderBook {
  readonly accepted = new Map<string, AcceptedOrder>();
  readonly wrongAnswers: string[] = [];
  /** Orders that have not ended, and who waits for that. */
  readonly open = new Map<string, Ended[]>();
  #last: string[] = [];

  accept(order: Pick<AcceptedOrder, 'id' | 'key' | 'customer'>): AcceptedOrder {
    const accepted = { ...order, cancelled: false, refunded: false };
    this.accepted.set(order.id, accepted);
    this.open.set(order.id, []);
    this.#last = [...this.#last.slice(-49), order.id];
    return accepted;
  }

  wrong(what: string): void {
    this.wrongAnswers.push(what);
  }

  end(id: string, status: string): void {
    const waiting = this.open.get(id);
    if (!waiting) return;
    this.open.delete(id);
    for (const hear of waiting) hear(status);
  }

  /** Resolves with the status in which an order has ended. */
  untilEnded(id: string): Promise<string> {
    return new Promise((resolve) => this.open.get(id)?.push(resolve));
  }

  get ended(): number {
    return this.accepted.size - this.open.size;
  }

  /** Some of the youngest. */
  get youngest(): readonly string[] {
    return this.#last;
  }
}
