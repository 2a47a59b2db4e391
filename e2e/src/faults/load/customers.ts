import { setTimeout as sleep } from 'node:timers/promises';
import { anAddress } from '@shop/testing';
import type { AcceptedOrder, OrderBook } from './order-book.ts';
import type { Answer, Ask, Gateway } from './gateway.ts';
import type { Plan } from './plan.ts';

interface Tokens {
  customer(index: number): string;
  admin: string;
}

export const customerName = (index: number): string => `faults-${index}`;

/** Carries out plans through the public API, and writes down what was answered. */
export class Customers {
  readonly #gateway: Gateway;
  readonly #book: OrderBook;
  readonly #tokens: Tokens;
  readonly #signal: AbortSignal;

  constructor(gateway: Gateway, book: OrderBook, tokens: Tokens, signal: AbortSignal) {
    this.#gateway = gateway;
    this.#book = book;
    this.#tokens = tokens;
    this.#signal = signal;
  }

  /** Resolves when the customer wants nothing more of this order; the order itself may still be on its way. */
  async order(plan: Plan, name: string): Promise<void> {
    const ask = this.#asking(plan, `place-${name}`);
    const order = await this.#place(ask, plan, `place-${name}`);
    if (!order) return;
    await Promise.all([
      this.#again(ask, plan, order),
      this.#cancel(plan, order, name),
      this.#refund(plan, order, name),
    ]);
  }

  #asking({ customer, lines, paymentToken }: Plan, key: string): Ask {
    const body = { lines, paymentToken, shippingAddress: anAddress() };
    return { method: 'POST', path: '/v1/orders', token: this.#tokens.customer(customer), key, body };
  }

  async #place(ask: Ask, { repeat, customer }: Plan, key: string): Promise<AcceptedOrder | undefined> {
    const times = repeat === 'at once' ? 3 : 1;
    const answers = await Promise.all(Array.from({ length: times }, () => this.#gateway.patiently(ask)));
    const ids = new Set(answers.map((answer) => this.#orderIn(answer, 'placing')));
    const [id] = ids;
    if (ids.size > 1) this.#book.wrong(`the key ${key} was answered with ${[...ids].join(' and ')}`);
    return id === undefined ? undefined : this.#book.accept({ id, key, customer: customerName(customer) });
  }

  async #again(ask: Ask, { repeat }: Plan, { id, key }: AcceptedOrder): Promise<void> {
    if (repeat !== 'later') return;
    await sleep(500 + Math.random() * 3_000, undefined, { signal: this.#signal });
    const answer = await this.#gateway.patiently(ask);
    const again = this.#orderIn(answer, 'repeating');
    if (again !== id || !answer.replayed)
      this.#book.wrong(`the key ${key} of ${id} was repeated and answered with ${again}`);
  }

  async #cancel({ cancelAfterMs, customer }: Plan, order: AcceptedOrder, name: string): Promise<void> {
    if (cancelAfterMs === undefined) return;
    await sleep(cancelAfterMs, undefined, { signal: this.#signal });
    const path = `/v1/orders/${order.id}/cancel`;
    const token = this.#tokens.customer(customer);
    const answer = await this.#gateway.patiently({ method: 'POST', path, token, key: `cancel-${name}` });
    order.cancelled = answer.status === 202;
    if (!order.cancelled) this.#expect(answer, 'order/not-cancellable', `cancelling ${order.id}`);
  }

  async #refund({ refund }: Plan, order: AcceptedOrder, name: string): Promise<void> {
    if (!refund || (await this.#book.untilEnded(order.id)) !== 'CONFIRMED') return;
    const path = `/v1/admin/orders/${order.id}/refund`;
    const ask = { method: 'POST', path, token: this.#tokens.admin, key: `refund-${name}` } as const;
    const [answer, twin] = await Promise.all([this.#gateway.patiently(ask), this.#gateway.patiently(ask)]);
    order.refunded = answer.status === 202;
    if (!order.refunded || twin.status !== 202)
      this.#book.wrong(`refunding ${order.id} was answered ${shown(answer)} and ${shown(twin)}`);
  }

  #orderIn(answer: Answer, doing: string): string | undefined {
    if (answer.status === 202) return answer.body.id;
    this.#book.wrong(`${doing} was answered ${shown(answer)}`);
    return undefined;
  }

  #expect(answer: Answer, code: string, doing: string): void {
    if (answer.status !== 409 || answer.body.code !== code)
      this.#book.wrong(`${doing} was answered ${shown(answer)}`);
  }
}

const shown = ({ status, body }: Answer): string => `${status} ${body.code ?? ''}`.trim();
