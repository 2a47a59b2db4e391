import type { CustomerOrder, Erasure, Page, PaymentWithLedger } from '@shop/contracts';
import { adminApi, AdminApiError } from '../runner/admin-api.ts';

const PAGE = 100;
const AT_ONCE = 8;

/** A customer as each service knows them, by the API of administrators. */
export class Customer {
  readonly #ask: ReturnType<typeof adminApi>;
  readonly #path: string;

  constructor(id: string, gatewayUrl: string, token: string) {
    this.#ask = adminApi(gatewayUrl, token);
    this.#path = `/v1/admin/customers/${encodeURIComponent(id)}`;
  }

  /** Newest first. */
  async orders(): Promise<CustomerOrder[]> {
    const orders: CustomerOrder[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<CustomerOrder> = await this.#ask(`${this.#path}/orders?limit=${PAGE}${next}`);
      orders.push(...page.items);
      cursor = page.nextCursor;
    }
    return orders;
  }

  /** Of each order that came as far as its payment. */
  async payments(orderIds: readonly string[]): Promise<PaymentWithLedger[]> {
    const payments: PaymentWithLedger[] = [];
    for (let start = 0; start < orderIds.length; start += AT_ONCE) {
      const some = orderIds.slice(start, start + AT_ONCE).map((orderId) => this.#payment(orderId));
      payments.push(...(await Promise.all(some)).flat());
    }
    return payments;
  }

  erase(): Promise<Erasure> {
    return this.#ask(`${this.#path}/erasure`, {});
  }

  async #payment(orderId: string): Promise<PaymentWithLedger[]> {
    try {
      return [await this.#ask<PaymentWithLedger>(`/v1/payments/${orderId}`)];
    } catch (error) {
      if (error instanceof AdminApiError && error.problem.code === 'payment/not-found') return [];
      throw error;
    }
  }
}
