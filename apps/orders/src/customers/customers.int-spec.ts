import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerOrderPage, type Erasure, newId, type Order } from '@shop/contracts';
import { anAddress } from '@shop/testing';
import { aProductState } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

describe('what orders holds about a customer', () => {
  const mug = aProductState();
  let orders: RunningOrders;
  let customer: string;
  beforeAll(async () => {
    orders = await RunningOrders.start();
    await orders.know(mug);
  });
  afterAll(() => orders.stop());
  beforeEach(() => void (customer = `auth0|${newId()}`));

  const place = async (as = customer): Promise<Order> =>
    (await orders.place({ lines: [{ productId: mug.productId, quantity: 1 }] }, { as })).body;
  const cancelled = async (): Promise<Order> => {
    const order = await place();
    await orders.ask(`/v1/orders/${order.id}/cancel`, { method: 'POST', as: customer });
    return order;
  };
  const path = (what: string) => `/v1/admin/customers/${encodeURIComponent(customer)}/${what}`;
  const erase = async () =>
    (await orders.ask<Erasure>(path('erasure'), { method: 'POST', as: 'admin' })).body;
  const held = async (query = '') => {
    const { body } = await orders.ask(`${path('orders')}${query}`, { as: 'admin' });
    return CustomerOrderPage.parse(body);
  };

  it('is told page by page, newest first, with address and timeline', async () => {
    const [first, second] = [await place(), await cancelled()];
    await place('somebody else');
    const page = await held('?limit=1');
    expect(page.items).toMatchObject([
      { order: { id: second.id, status: 'CANCELLED' }, shippingAddress: anAddress() },
    ]);
    expect(page.items[0]!.timeline).toEqual(await orders.timeline(second.id));
    const rest = await held(`?limit=1&cursor=${page.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ order: first }], nextCursor: null });
  });

  it('is erased where the order has ended, and told of where it has not', async () => {
    await cancelled();
    await place();
    expect(await erase()).toEqual({ addresses: 1, orders: 2, underWay: 1 });
    expect(await erase()).toEqual({ addresses: 0, orders: 2, underWay: 1 });
    const { items } = await held();
    expect(items.map(({ shippingAddress }) => shippingAddress)).toEqual([anAddress(), null]);
  });

  const recorded = () =>
    orders.rows('SELECT actor, action, before, after FROM audit_records WHERE subject = $1 ORDER BY id', [
      customer,
    ]);

  it('leaves a record of each erasure, also of one that finds nothing to erase, without what was erased', async () => {
    await place();
    await erase();
    await cancelled();
    await erase();
    await erase();
    const erasure = { actor: 'admin', action: 'erase-customer', before: null };
    expect(await recorded()).toEqual([
      { ...erasure, after: { addresses: 0, orders: 1, underWay: 1 } },
      { ...erasure, after: { addresses: 1, orders: 2, underWay: 1 } },
      { ...erasure, after: { addresses: 0, orders: 2, underWay: 1 } },
    ]);
  });

  it('leaves one record of an export, however many pages it has', async () => {
    await place();
    await place();
    const { nextCursor } = await held('?limit=1');
    await held(`?limit=1&cursor=${nextCursor}`);
    const once = { actor: 'admin', action: 'export-customer', before: null, after: null };
    expect(await recorded()).toEqual([once]);
    await held();
    expect(await recorded()).toEqual([once, once]);
  });

  it('is nothing for whom nobody knows', async () => {
    expect(await held()).toEqual({ items: [], nextCursor: null });
    expect(await erase()).toEqual({ addresses: 0, orders: 0, underWay: 0 });
  });

  it('forgets the payment token when the order ends', async () => {
    const { id } = await place();
    const token = async () =>
      (
        await orders.rows<{ token: string | null }>(
          'SELECT payment_token AS token FROM orders WHERE id = $1',
          [id],
        )
      )[0]!.token;
    expect(await token()).toBe('tok_ok');
    await orders.ask(`/v1/orders/${id}/cancel`, { method: 'POST', as: customer });
    expect(await token()).toBeNull();
  });
});
