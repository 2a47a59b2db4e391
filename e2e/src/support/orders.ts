import { expect } from '@jest/globals';
import { newId, type Order, type OrderStatus, type PlaceOrder, type TimelineEntry } from '@shop/contracts';
import { anAddress, eventually } from '@shop/testing';
import type { Answer, Client } from './client.ts';

export const withKey = (key: string = newId()) => ({ 'Idempotency-Key': key });

export const orderOf = (
  productId: string,
  given: Partial<PlaceOrder> & { quantity?: number } = {},
): PlaceOrder => {
  const { quantity = 1, ...rest } = given;
  return { lines: [{ productId, quantity }], paymentToken: 'tok_ok', shippingAddress: anAddress(), ...rest };
};

/** Orders hears of new products by events, so the first order of one may come too early. That alone is repeated. */
export function place(
  customer: Client,
  order: PlaceOrder,
  key?: string,
  headers: Record<string, string> = {},
): Promise<Answer<Order>> {
  const header = withKey(key);
  return eventually(
    async () => {
      const answer = await customer.post('/v1/orders', { body: order, header, headers });
      const { code } = answer.body as { code?: string };
      if (code === 'order/unknown-product') throw new Error('orders does not know the product');
      return answer;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
}

/** Places an order that must be accepted. */
export async function placed(customer: Client, order: PlaceOrder): Promise<Order> {
  const answer = await place(customer, order);
  expect(answer).toMatchObject({ status: 202 });
  return answer.body;
}

export async function orderById(caller: Client, id: string): Promise<Order> {
  const answer = await caller.get('/v1/orders/{id}', { path: { id } });
  expect(answer.status).toBe(200);
  return answer.body;
}

/** Waits until the order has this status; one that has ended otherwise fails at once. */
export async function untilStatus(
  caller: Client,
  id: string,
  status: OrderStatus,
  timeoutMs = 20_000,
): Promise<Order> {
  const order = await untilEnded(caller, id, { timeoutMs, but: status });
  expect({ status: order.status, reason: order.reason }).toMatchObject({ status });
  return order;
}

/** Waits until the order has ended, in whatever way. */
export function untilEnded(
  caller: Client,
  id: string,
  { timeoutMs = 20_000, but }: { timeoutMs?: number; but?: OrderStatus } = {},
): Promise<Order> {
  return eventually(
    async () => {
      const order = await orderById(caller, id);
      const waits = order.status === 'PENDING' || (order.status === 'CONFIRMED' && but === 'REFUNDED');
      if (waits) throw new Error(`order ${id} is ${order.status}`);
      return order;
    },
    { timeoutMs, everyMs: 50 },
  );
}

export async function timelineOf(caller: Client, id: string): Promise<TimelineEntry[]> {
  const { status, body } = await caller.get('/v1/orders/{id}/timeline', { path: { id } });
  expect(status).toBe(200);
  return body.items;
}
