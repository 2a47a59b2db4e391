import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Order, Page } from '@shop/contracts';
import { newId } from '@shop/contracts';
import { aReply } from '../testing/deliveries.fixture.ts';
import { anOrderIn, aProductState } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

describe('reading orders', () => {
  let orders: RunningOrders;
  const placed: string[] = [];
  beforeAll(async () => {
    orders = await RunningOrders.start();
    const mug = aProductState();
    await orders.know(mug);
    for (let n = 0; n < 5; n++) {
      placed.unshift(
        (await orders.place({ lines: [{ productId: mug.productId, quantity: 1 }] }, { as: 'carol' })).body.id,
      );
    }
    for (const id of [placed[1]!, placed[3]!]) await orders.hear(aReply('StockRejected', id));
  });
  afterAll(() => orders.stop());

  const list = async (query: string, as = 'carol') =>
    (await orders.ask<Page<Order>>(`/v1/orders?${query}`, { as })).body;
  const pages = async (query: string) => {
    const found: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Order> = await list(`${query}${cursor && `&cursor=${cursor}`}`);
      found.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return found;
  };

  it('lists a customer’s orders page by page, newest first', async () => {
    expect(await pages('limit=2')).toEqual([placed.slice(0, 2), placed.slice(2, 4), placed.slice(4)]);
  });

  it('ends the list where the orders end, also on a full page', async () => {
    expect(await pages('limit=5')).toEqual([placed]);
  });

  it('filters by status', async () => {
    expect(await pages('status=REJECTED&limit=1')).toEqual([[placed[1]], [placed[3]]]);
    expect(await pages('status=REFUNDED&limit=1')).toEqual([[]]);
  });

  it('does not list what belongs to somebody else, not even for an administrator', async () => {
    expect((await list('limit=100', 'dave')).items).toEqual([]);
    expect((await list('limit=100', 'admin')).items).toEqual([]);
  });

  it.each([
    ['cursor=tampered', 'request/cursor-invalid'],
    ['limit=101', 'request/invalid'],
    ['status=LOST', 'request/invalid'],
    ['order=oldest', 'request/invalid'],
  ])('refuses ?%s', async (query, code) => {
    expect(await orders.ask(`/v1/orders?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  it('shows an order to its owner and to an administrator, and to nobody else', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    for (const as of ['alice', 'admin'])
      expect((await orders.ask(`/v1/orders/${id}`, { as })).body).toMatchObject({ id });
    const hidden = { status: 404, body: { code: 'order/not-found' } };
    expect(await orders.ask(`/v1/orders/${id}`, { as: 'mallory' })).toMatchObject(hidden);
    expect(await orders.ask(`/v1/orders/${id}/timeline`, { as: 'mallory' })).toMatchObject(hidden);
    expect(await orders.ask(`/v1/orders/${newId()}`)).toMatchObject(hidden);
  });
});
