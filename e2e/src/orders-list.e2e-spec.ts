import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Order, OrderPage, type OrderStatus } from '@shop/contracts';
import type { Client } from './support/client.ts';
import { orderOf, placed, untilStatus } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { shop } from './support/shop.ts';

describe("a customer's orders", () => {
  let customer: Client;
  let ids: string[];

  beforeAll(async () => {
    customer = await shop.customer();
    const { id } = await aProductInStock(await shop.admin(), 100);
    const orders: Order[] = [];
    for (const paymentToken of ['tok_ok', 'tok_declined', 'tok_ok', 'tok_ok', 'tok_declined']) {
      orders.push(await placed(customer, orderOf(id, { paymentToken })));
    }
    ids = orders.map((order) => order.id);
    await Promise.all(
      ids.map((id, index) =>
        untilStatus(customer, id, index === 1 || index === 4 ? 'REJECTED' : 'CONFIRMED'),
      ),
    );
  });

  const list = async (query: { limit: number; cursor?: string; status?: OrderStatus }) => {
    const { status, body } = await customer.get('/v1/orders', { query });
    expect(status).toBe(200);
    return OrderPage.parse(body);
  };

  it('are listed newest first, page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((order) => order.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it('can be narrowed to a status, also across pages', async () => {
    const first = await list({ status: 'CONFIRMED', limit: 2 });
    const second = await list({ status: 'CONFIRMED', limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map((order) => order.id)).toEqual([ids[3], ids[2], ids[0]]);
    expect(second.nextCursor).toBeNull();
  });

  it('keep their page while new ones come in', async () => {
    const first = await list({ limit: 2 });
    const { id } = await aProductInStock(await shop.admin(), 1);
    const newer = await placed(customer, orderOf(id));
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect(second.items.map((order) => order.id)).toEqual([ids[2], ids[1]]);
    expect((await list({ limit: 1 })).items.map((order) => order.id)).toEqual([newer.id]);
  });

  it('do not open a page of somebody else', async () => {
    const { nextCursor } = await list({ limit: 2 });
    const other = await shop.customer();
    const { body } = await other.get('/v1/orders', { query: { limit: 2, cursor: nextCursor! } });
    expect((body as { items?: Order[] }).items ?? []).toEqual([]);
  });
});
