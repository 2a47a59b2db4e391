import { describe, expect, it } from '@jest/globals';
import { Product, ProductPage } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { mailAbout } from './support/mail.ts';
import { orderOf, placed, timelineOf, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock, availableOf } from './support/products.ts';
import { chargesFor } from './support/psp-book.ts';
import { ownShop, shop } from './support/shop.ts';

describe('a customer', () => {
  it('browses, orders, gets what was paid for, and is refunded', async () => {
    const admin = await shop.admin();
    const alice = await shop.customer('alice');
    const { id: productId, name } = await aProductInStock(admin, 5, { name: 'Teapot of the story' });

    const found = await shop.anyone.get('/v1/products', { query: { query: name, sort: 'newest' } });
    const { items } = ProductPage.parse(found.body);
    expect(items.map((product) => product.id)).toContain(productId);
    expect(
      Product.parse((await shop.anyone.get('/v1/products/{id}', { path: { id: productId } })).body),
    ).toMatchObject({
      available: 5,
    });

    const order = await placed(alice, orderOf(productId, { quantity: 2 }));
    expect(order).toMatchObject({
      status: 'PENDING',
      total: { amount: 3998, currency: 'EUR' },
      reason: null,
    });
    await untilStatus(alice, order.id, 'CONFIRMED');
    expect(await availableOf(alice, productId)).toBe(3);
    expect(await chargesFor(shop.pspUrl, order.id)).toMatchObject([
      { state: 'captured', amount: order.total },
    ]);

    const refund = await admin.post('/v1/admin/orders/{id}/refund', {
      path: { id: order.id },
      header: withKey(),
    });
    expect(refund.status).toBe(202);
    await untilStatus(alice, order.id, 'REFUNDED');
    expect(await chargesFor(shop.pspUrl, order.id)).toMatchObject([{ state: 'refunded' }]);
    const steps = (await timelineOf(alice, order.id)).map((entry) => entry.seq);
    expect(steps).toEqual(steps.map((_, index) => index + 1));
  });

  ownShop('is told by e-mail', async () => {
    const [admin, alice] = [await shop.admin(), await shop.customer('alice')];
    const { id: productId } = await aProductInStock(admin, 1);
    const order = await placed(alice, orderOf(productId));
    await untilStatus(alice, order.id, 'CONFIRMED');
    const mail = await eventually(() => mailAbout(order.id, 'Your order is confirmed'));
    expect(mail).toMatch(/^To: alice.*@customers\.shop\.test$/m);
    expect(mail).toContain('Total: EUR 19.99');
  });
});
