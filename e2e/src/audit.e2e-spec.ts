import { describe, expect, it } from '@jest/globals';
import { orderOf, placed, untilStatus, withKey } from './support/orders.ts';
import { adjust, aProductInStock } from './support/products.ts';
import { shop } from './support/shop.ts';

describe('what an administrator does', () => {
  it('is on record: who, what, before and after, and in which trace', async () => {
    const [admin, alice] = [await shop.admin(), await shop.customer()];
    const recorded = async (service: 'catalog' | 'inventory' | 'orders', subject: string) =>
      (await admin.get('/v1/admin/audit/{service}', { path: { service }, query: { subject } })).body.items;
    const { id: product } = await aProductInStock(admin, 5);
    const adjusted = await adjust(admin, product, -1);
    const { id: order } = await placed(alice, orderOf(product));
    await untilStatus(alice, order, 'CONFIRMED');
    await admin.post('/v1/admin/orders/{id}/refund', { path: { id: order }, header: withKey() });

    expect(await recorded('catalog', product)).toMatchObject([
      { actor: 'admin', action: 'create-product', before: null },
    ]);
    const traceId = adjusted.headers.get('x-trace-id');
    expect(await recorded('inventory', product)).toMatchObject([
      { actor: 'admin', action: 'adjust-stock', before: { onHand: 5 }, after: { onHand: 4 }, traceId },
      { actor: 'admin', action: 'adjust-stock', before: { onHand: 0 }, after: { onHand: 5 } },
    ]);
    expect(await recorded('orders', order)).toMatchObject([
      { action: 'refund-order', before: { state: 'CONFIRMED' }, after: { state: 'REFUNDING' } },
    ]);
  });

  it('is read page by page', async () => {
    const admin = await shop.admin();
    const { id } = await aProductInStock(admin, 1);
    await adjust(admin, id, 1);
    const page = (cursor?: string) =>
      admin.get('/v1/admin/audit/{service}', {
        path: { service: 'inventory' },
        query: { subject: id, limit: 1, cursor },
      });
    const first = (await page()).body;
    const second = (await page(first.nextCursor!)).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
    expect(first.items[0]!.id).not.toBe(second.items[0]!.id);
    expect(await page('tampered')).toMatchObject({ status: 400 });
  });
});
